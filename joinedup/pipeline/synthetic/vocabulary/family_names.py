"""Family names by origin, commonest first, and the parts from which rarer ones are composed."""

ENGLISH = """Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White
    Roberts Green Hall Wood Jackson Clarke Harris Clark Turner Hill Cooper Ward Moore Morris Baker King Lee Watson
    Harrison Morgan Patterson Young Allen Mitchell Scott Lewis Edwards Hughes James Phillips Parker Bennett Cook
    Shaw Griffiths Carter Richardson Bailey Collins Bell Shepherd Miller Cox Marshall Richards Simpson Anderson Ellis
    Adams Wilkinson Foster Chapman Mason Webb Gibson Rogers Hunt Mills Palmer Matthews Booth Barker Lloyd Knight
    Butler Holmes Stevens Fletcher Pearson Jenkins Fisher Barnes Harvey Dixon Reynolds Saunders Payne Fox Pearce
    Fowler Lawrence West Brooks Atkinson Cole Hawkins Dean Bradley Spencer Dawson Day Watts Francis Burton Rose Lane
    Howard Sutton Andrews Gardner Warren Stephens Newman Hart Elliott Armstrong Burns Nicholson Gregory Bird Hudson
    Carr Sharp Porter Goodwin Gilbert Coleman Newton Perry Hopkins Cross Frost Bishop Wells Lambert Willis Hardy
    Barrett Potter Byrne Walsh Berry Bates Page Nash Greenwood Winter Doyle Bolton Norris Holland Whitehead Hewitt
    Marsh Walters Bird Horton Sykes Ashton Haigh Crowther Hirst Beaumont Armitage Kaye Dyson Brook Sheard Hinchliffe
    Earnshaw Lockwood Garside Sutcliffe Ackroyd Illingworth Hainsworth Pickles Barraclough Boothroyd Dransfield
    Holdsworth Murgatroyd Oldroyd Ramsden Rawnsley Shackleton Thackray Wadsworth Womersley Bottomley Mallinson"""
FRONT = """Ash Black Brad Brook Burn Cal Cart Chat Chad Clay Clif Cran Crom Croft Dal Darl Den Dun Eck East Elder
    Elling Fair Farn Fen Fern Gar Glen Gold Grant Green Hal Ham Harg Hart Hasel Haw Hay Heath Hep Hether High Hol
    Horn Hud Hurst Ing Kel Ken Kirk Lang Lar Lind Long Lud Mar Mel Mid Mor Nor North Oak Old Orm Os Pem Pen Pres
    Rad Ram Red Rid Rock Rush Sand Sed Shel Ship Sil Skel Stain Stan Staf Stock Ston Sut Swin Tad Thorn Til Tot
    Wad Wake Wal War Wash Wat Wen Wes Whit Wig Win Wind Wool Wor Yar"""
BACK = """ton ley field worth bury ford well wood den ham combe shaw thorpe croft bank gate land ridge stead wick
    burn dale hurst man more ner ing sley sford ston gill grave bridge brook mere stone tree water way"""
WELSH = """Jones Davies Williams Evans Thomas Roberts Lewis Hughes Morgan Griffiths Edwards Owen James Rees Jenkins
    Price Morris Richards Lloyd Phillips Parry Howells Powell Pritchard Bowen Llewellyn Vaughan Probert Gwilym Bevan"""
SCOTTISH = """MacDonald Campbell Stewart Robertson Murray Reid Ross Watson Morrison Paterson Fraser Cameron McDonald
    McKenzie MacKenzie McLean MacLean McLeod MacLeod McIntosh McGregor MacGregor McKay MacKay Sinclair Sutherland
    Munro Gordon Graham Kerr Hamilton Wallace Duncan Ferguson Grant Boyd McPherson McMillan McArthur McIntyre"""
IRISH = """Murphy Kelly O'Brien O'Connor O'Neill Ryan Byrne Walsh Doyle Gallagher Doherty Kennedy Lynch McCarthy
    O'Sullivan McLaughlin O'Donnell Quinn Moore Connolly Daly Wilson Dunne Brennan Burke Collins Clarke Johnston
    Hughes O'Reilly O'Rourke O'Hara McGrath McMahon McKenna McGuire Fitzgerald Fitzpatrick Nolan Flynn Keane D'Arcy"""
CARIBBEAN = """Campbell Brown Williams Clarke Francis Grant Gordon Morgan Powell Reid Henry Thompson Bailey Simpson
    Samuels Blake Edwards Dixon Barrett Lindo Bogle Cunningham Palmer Wright Johnson Lewis Davis Stewart Walters
    Charles Joseph Augustin Pierre Baptiste St-Louis Alexander Phillip"""
PAKISTANI_MALE = """Khan Hussain Ahmed Ali Shah Malik Iqbal Mahmood Akhtar Rehman Aslam Butt Mirza Chaudhry Rafiq
    Sheikh Qureshi Raja Bashir Saleem Yousaf Zaman Nawaz Hanif Sharif Akram Ashraf Siddiqui Mughal Bhatti Dar Rana
    Javed Latif Ghafoor Shabir Riaz Sadiq Arif Younis Khaliq Rashid Saddique Zaheer Tariq Azam Ditta Rasool"""
PAKISTANI_FEMALE = (
    """Bibi Begum Akhtar Kausar Parveen Bi Khatoon Jan Kauser Sultana Yasmin Nisa Fatima"""
)
BANGLADESHI_MALE = """Miah Uddin Ahmed Ali Rahman Islam Hussain Khan Choudhury Hoque Alam Chowdhury Hossain Kabir
    Karim Haque Ullah Malik Sarkar Mia Talukdar Rashid Bari Salam Mannan Matin Muhith"""
BANGLADESHI_FEMALE = """Begum Khatun Akter Bibi Khanom Sultana Nessa Jahan Aktar Khanam Parvin"""
SIKH_CLAN = """Gill Sandhu Dhillon Sidhu Grewal Dhaliwal Johal Bains Sahota Atwal Virk Bhogal Chahal Mann Purewal
    Randhawa Uppal Samra Hundal Sangha Basra Dosanjh Kang Rai Thandi Nijjar Bassi Kandola Chana Matharu"""
GUJARATI = """Patel Shah Mistry Desai Parmar Solanki Chauhan Modi Mehta Joshi Pandya Trivedi Bhatt Lad Tailor Vyas
    Gohil Rathod Thakkar Vaghela Makwana Prajapati Panchal Dave Amin Naik Darji Limbachia Sudra Chavda"""
POLISH = """Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Woźniak Dąbrowski
    Kozłowski Jankowski Mazur Kwiatkowski Krawczyk Kaczmarek Piotrowski Grabowski Zając Pawłowski Michalski Król
    Wieczorek Jabłoński Wróbel Nowakowski Majewski Olszewski Stępień Malinowski Jaworski Adamczyk Dudek Nowicki
    Pawlak Górski Witkowski Walczak Sikora Baran Rutkowski Michalak Szewczyk Ostrowski Tomaszewski Pietrzak Zalewski
    Wróblewski Marciniak Jasiński Zawadzki Sadowski Bąk Chmielewski Borkowski Czarnecki Sawicki Kubiak Sobczak"""
ROMANIAN = """Popa Popescu Ionescu Radu Dumitru Stan Stoica Gheorghe Matei Ciobanu Rusu Constantin Marin Dinu Lungu
    Munteanu Dobre Barbu Nistor Florea Moldovan Toma Serban Tudor Dragomir Ene Neagu Cristea Anghel Mocanu Vasile
    Stanciu Țurcanu Sandu Oprea Voicu Preda Enache Iordache Păun"""
WEST_AFRICAN = """Adeyemi Okafor Okonkwo Adebayo Mensah Osei Boateng Owusu Asante Appiah Agyeman Amoah Ogunleye
    Oyelaran Adeleke Balogun Bello Eze Nwosu Obi Okeke Onyekachi Nwankwo Ibrahim Afolabi Akinola Olawale Oladipo
    Ajayi Danso Frimpong Sarpong Addo Quaye Acheampong Yeboah Ofori Antwi Addai Uzoma Chukwu Ekwueme Oni Ojo"""
SOMALI = """Ali Mohamed Ahmed Hassan Hussein Abdi Yusuf Farah Jama Warsame Omar Ibrahim Osman Nur Adan Aden Isse
    Mohamud Muse Duale Elmi Hersi Guled Egal Abdullahi Salad Shire Roble Dirie Samatar"""
CHINESE = """Wong Chan Li Chen Wang Zhang Liu Lee Cheung Lam Ng Leung Ho Lau Tang Yip Yeung Chow Tsang Kwok Lin Huang
    Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo He Gao Luo Fung Mak Tse Law Hui"""
ARABIC = """Al-Hassan Al-Ahmad Al-Masri Haddad Khoury Mansour Nasser Saleh Said Hamdan Al-Khatib Darwish Al-Shami
    Aziz Bakri Farhat Ghanem Habib Issa Jaber Kassem Al-Najjar Mahmoud Mustafa Othman Qasim Rahal Sabbagh Taha Younes
    Zaki Al-Jabouri Al-Tikriti Barzani Karimi Hosseini Rezaei"""
TRAVELLER = """Ward McDonagh Maughan Connors O'Connor Stokes Cash Doran Lee Smith Boswell Price Coyle Delaney"""
PREFIXED = """de-Souza van-der-Berg St-John Le-Fevre de-la-Cruz da-Silva von-Hagen"""
"""Two-part family names; the hyphen stands for a space."""
POLISH_FRONT = """Bart Biel Bog Bor Brzez Cies Cichoń Dębiń Dob Fal Głow Gost Jab Jak Janow Kacz Kal Karp Kos
    Krak Kras Kub Lip Lub Łuk Mak Mal Mik Mroz Now Orł Ostr Pach Plu Rak Rog Rom Sier Sok Star Szczep Tarn Urb
    Was Wes Wierz Wit Wolań Zaw Żur"""
POLISH_BACK = "owski ewski iński yński ak czyk icki ecki arz czak"
WEST_AFRICAN_FRONT = (
    "Ade Ola Olu Akin Ayo Fola Ogun Owo Oyi Chuk Nwa Oko Uzo Eze Ike Obi Agye Boa Ampo Dar Kyei Opo"
)
WEST_AFRICAN_BACK = (
    "yemi wale tunde bayo femi sola kanmi du chi nna ka ngo ma ko tey mang fo ku san ni ju la"
)
ROMANIAN_FRONT = "Al And Bal Bog Bur Car Chi Cos Dan Drag Fil Gav Grig Il Laz Lup Mir Mol Ol Pan Pet Rot San Vlad Zam"
ROMANIAN_BACK = "escu eanu aru an ea oiu ache aș"
