"""Given names by origin, sex and, for British families, era of birth; commonest first."""

BRITISH_MALE = {
    1945: """John David Peter Michael Alan Robert Brian William James Kenneth George Thomas Ronald Derek
        Raymond Roy Keith Dennis Anthony Roger Frank Gordon Terence Barry Colin Donald Graham Geoffrey
        Malcolm Frederick Arthur Eric Norman Stanley Albert Harold Leonard Ernest Walter Jack Henry
        Trevor Maurice Reginald Sidney Bernard Clifford Desmond Harry Leslie Gerald Joseph Patrick Cyril
        Edward Charles Douglas Philip Richard Stuart Victor Wilfred Percy Herbert Edgar Cecil Clive""",
    1970: """Paul Mark Andrew David Stephen Richard Michael Ian Gary Robert Christopher Peter Simon John
        Steven Kevin Anthony Martin Neil Nigel James Darren Jason Philip Craig Matthew Lee Stuart Wayne
        Jonathan Dean Nicholas Timothy Alan Adrian Graham Colin Shaun Sean Duncan Carl Karl Stephen
        Barry Dale Glen Trevor Julian Russell Jeremy Gavin Scott Robin Phillip Geoffrey Garry Damian
        Marcus Warren Alistair Clive Howard Justin Terry Keith Brett Rodney Stewart Dominic""",
    1992: """Thomas James Jack Daniel Matthew Ryan Joshua Luke Samuel Jordan Adam Michael Alexander
        Christopher Benjamin Joseph Liam Jake William Andrew George Lewis Oliver David Robert Jamie
        Nathan Connor Jonathan Harry Callum Aaron Ashley Bradley Jacob Kieran Scott Sam John Ben Kyle
        Charles Edward Sean Stephen Nicholas Reece Dominic Louis Alex Marcus Elliot Rhys Zachary Mitchell
        Curtis Declan Dean Craig Toby Henry Max Josh Cameron Patrick Tyler Carl Anthony Ross Shane""",
    2015: """Oliver George Harry Noah Jack Leo Arthur Muhammad Oscar Charlie Theo Freddie Archie Jacob
        Henry Thomas Joshua Alfie James Max Lucas William Logan Isaac Edward Ethan Harrison Teddy Finley
        Daniel Joseph Adam Mason Alexander Samuel Theodore Sebastian Reuben Louis Jude Rory Albie Arlo
        Benjamin Toby Dylan Elijah Roman Jaxon Jayden Kai Tommy Frankie Ronnie Reggie Louie Bobby Hunter
        Riley Luca Grayson Caleb Zachary Stanley Ezra Otis Ralph Hugo Elliott Blake Ollie Brody Tobias""",
}
BRITISH_FEMALE = {
    1945: """Margaret Jean Mary Joan Patricia Sheila Barbara Doreen June Shirley Dorothy Joyce Maureen
        Elizabeth Audrey Brenda Kathleen Sylvia Eileen Pamela Betty Beryl Ann Irene Christine Marjorie
        Janet Rita Susan Carol Judith Josephine Valerie Marion Hazel Doris Edna Hilda Gladys Vera Ivy
        Elsie Florence Phyllis Winifred Muriel Olive Nora Freda Mavis Peggy Rose Ruth Norma Iris Gwen
        Sandra Linda Gillian Jennifer Heather Angela Catherine Helen Frances Beatrice Agnes Constance""",
    1970: """Susan Julie Karen Jacqueline Deborah Tracey Jane Helen Diane Sharon Tracy Angela Sarah Alison
        Caroline Amanda Sandra Linda Catherine Elizabeth Carol Joanne Wendy Janet Dawn Christine Nicola
        Michelle Lisa Claire Lorraine Maria Anne Louise Paula Andrea Debra Beverley Jennifer Lesley
        Samantha Lynn Gillian Denise Tina Heather Anita Maxine Mandy Kerry Rachel Donna Lynne Fiona
        Ruth Emma Jayne Katherine Yvonne Sally Teresa Theresa Vanessa Melanie Rebecca Victoria Tanya""",
    1992: """Rebecca Lauren Jessica Charlotte Hannah Sophie Amy Emily Laura Emma Chloe Sarah Lucy Katie
        Bethany Jade Megan Alice Rachel Samantha Danielle Holly Kirsty Natasha Olivia Abigail Stephanie
        Eleanor Elizabeth Leah Georgia Gemma Jennifer Victoria Zoe Melissa Nicole Shannon Natalie Kelly
        Amber Harriet Kayleigh Hayley Molly Stacey Catherine Kimberley Ellie Naomi Alexandra Paige Anna
        Rosie Heather Kate Kerry Louise Sian Francesca Chelsea Lydia Jodie Rhiannon Aimee Caitlin Toni""",
    2015: """Olivia Amelia Isla Ava Lily Ivy Freya Florence Willow Emily Sophia Ella Grace Isabella Evie
        Poppy Rosie Charlotte Elsie Mia Harper Daisy Sienna Phoebe Evelyn Alice Millie Matilda Maisie
        Sofia Ruby Ada Aria Chloe Sophie Isabelle Esme Eva Penelope Luna Eliza Maya Jessica Mabel Robyn
        Bonnie Thea Lottie Emilia Orla Eleanor Violet Delilah Summer Lucy Molly Layla Nancy Zara Edith
        Lola Erin Imogen Martha Darcie Lyla Hallie Scarlett Skye Myla Gracie Ottilie Nova Lexi Heidi""",
}
CELTIC_MALE = """Sean Liam Patrick Declan Brendan Kevin Aidan Ciaran Conor Eoin Cormac Padraig Seamus Niall
    Dermot Fergus Gareth Rhys Owen Dylan Huw Ieuan Emyr Gwyn Dafydd Iwan Hamish Angus Callum Fraser Ewan
    Alasdair Duncan Malcolm Gregor Finlay Rory Lachlan Murdo Iain"""
CELTIC_FEMALE = """Siobhan Niamh Aoife Sinead Orla Roisin Ciara Maeve Grainne Caoimhe Deirdre Brigid Nuala
    Bernadette Noreen Sian Cerys Carys Bronwen Megan Rhian Angharad Nerys Eirlys Ffion Catrin Morag Kirsty
    Eilidh Isla Mhairi Fiona Ailsa Catriona Iona Shona Heather Lorna Agnes Elspeth"""
CARIBBEAN_MALE = """Winston Delroy Leroy Marcus Andre Jerome Tyrone Desmond Clive Errol Neville Lloyd Devon
    Carlton Everton Glenroy Trevor Malachi Jermaine Tyrell Kemar Curtis Nathaniel Elijah Isaiah Reuben"""
CARIBBEAN_FEMALE = """Beverley Marcia Sonia Yvonne Claudette Merlene Hyacinth Myrtle Gloria Paulette Shanice
    Chantelle Tanisha Latoya Keisha Monique Simone Natalie Jasmine Imani Shanelle Kiara Aaliyah Renee"""
MUSLIM_MALE_SECOND = """Irfan Imran Tariq Asif Khalid Nadeem Rashid Shahid Waseem Zahid Adnan Amjad Arshad Aslam
    Bilal Faisal Farooq Hamza Haroon Hassan Ibrahim Ikram Ilyas Iqbal Ishaq Ismail Javed Junaid Kamran Kashif
    Majid Mansoor Naeem Nasir Naveed Omar Usman Qasim Rafiq Rehan Sajid Saleem Sohail Shabir Tahir Umar Waqas
    Yaqub Yasin Yousaf Zaheer Zubair Zain Ayaan Rayyan Idris Musa Eesa Yahya Danyal Haider Mustafa Abdullah
    Rizwan Salman Fahad Aamir Ehsan Ghulam Habib Latif Munir Nawaz Sadiq Sarfraz Shafiq Siddique Zulfiqar"""
MUHAMMAD = "Mohammed Mohammad Muhammad Mohamed Muhammed Md"
PAKISTANI_FEMALE = """Fatima Ayesha Aisha Zainab Maryam Khadija Amina Aaminah Sana Saima Samina Shazia Nazia
    Nasreen Yasmin Rukhsana Rubina Razia Nusrat Naheed Farzana Farah Fozia Shabana Shaheen Shamim Tahira Tasneem
    Zahida Zara Zoya Iqra Hafsa Hira Alishba Anaya Aleena Mahnoor Sumaira Sidra Sadia Rabia Noreen Nadia Misbah
    Mehwish Kiran Humaira Halima Ghazala Bushra Asma Anum Amber Abida Parveen Safia Salma Sakina Sofia Uzma"""
BANGLADESHI_MALE = """Abdul Shah Syed Rahim Karim Jamal Kamal Shafiul Nurul Rezaul Aminul Anwar Faruk Habibur
    Jahangir Kabir Mahbub Mizanur Monir Nazrul Rafiqul Saiful Shahin Tofayel Zakir Tanvir Sakib Rakib Ruhel Shamim
    Foysol Mahin Nahid Rayhan Ayaan Zayan Tahmid Ishaan Samiul"""
BANGLADESHI_FEMALE = """Fatema Rahima Halima Rokeya Shahena Nasima Shirin Rehana Salma Momtaz Hasina Hosneara
    Jahanara Lutfa Mina Nazma Parvin Rina Ruhena Sultana Shefa Shilpi Tahmina Taslima Nadia Maisha Nusrat Sumaiya
    Tanisha Anika Samiha Jannat Farhana Afsana Runa Lipi"""
SIKH_EITHER = """Gurpreet Harpreet Manpreet Jaspreet Amandeep Sandeep Kuldeep Baljit Balwinder Parminder Sukhwinder
    Jaswinder Rajinder Surinder Satnam Harjit Manjit Ranjit Kulwinder Lakhbir Navdeep Gurdeep Jagdeep Mandeep
    Hardeep Simran Kiran Jasleen Ravinder Davinder Narinder Mohinder Joginder Sukhdeep Amrit Arshdeep Ekam Gurleen"""
GUJARATI_MALE = """Rajesh Mahesh Dinesh Suresh Ramesh Jayesh Kamlesh Nilesh Hitesh Bharat Kirit Kantilal Manilal
    Chandrakant Ashok Anil Sunil Vijay Ajay Sanjay Amit Nikhil Rahul Rohan Dhruv Jay Krish Dev Aarav Arjun Vivaan
    Harshad Jitendra Mukesh Paresh Pravin Rakesh Vinod Yogesh Ketan Chirag Hiren"""
GUJARATI_FEMALE = """Hansa Kokila Pushpa Kanta Manjula Nirmala Sarla Urmila Jyoti Bharti Daksha Hema Ila Kalpana
    Lata Meena Nayna Pallavi Rekha Sangita Smita Sonal Usha Varsha Bhavna Nisha Pooja Priya Anjali Diya Riya Aanya
    Kavita Dipti Hetal Minal Bijal Krupa Shreya"""
POLISH_MALE = """Piotr Krzysztof Andrzej Tomasz Paweł Michał Marcin Jakub Adam Łukasz Marek Grzegorz Mateusz Wojciech
    Mariusz Dariusz Zbigniew Jerzy Maciej Rafał Robert Kamil Jacek Dawid Szymon Jan Kacper Filip Bartosz Antoni
    Aleksander Oskar Nikodem Wiktor Igor Sławomir Radosław Przemysław Stanisław Bartłomiej"""
POLISH_FEMALE = """Anna Katarzyna Małgorzata Agnieszka Barbara Ewa Magdalena Elżbieta Joanna Aleksandra Monika
    Beata Dorota Teresa Marta Karolina Natalia Iwona Justyna Julia Zuzanna Zofia Maja Hanna Oliwia Wiktoria Amelia
    Lena Nadia Kinga Sylwia Renata Paulina Patrycja Weronika Izabela Bożena Grażyna Halina Urszula"""
ROMANIAN_MALE = """Andrei Alexandru Ionuț Mihai Cristian Florin Gheorghe Ion Vasile Constantin Marian Nicolae Adrian
    Daniel Bogdan Cătălin Ștefan Gabriel Marius Lucian Radu Răzvan Sorin Valentin Viorel Dumitru Liviu Costel"""
ROMANIAN_FEMALE = """Maria Elena Ioana Andreea Mihaela Alina Cristina Daniela Gabriela Florentina Georgiana Simona
    Alexandra Ana Ecaterina Loredana Mariana Nicoleta Raluca Roxana Ștefania Valentina Violeta Denisa Bianca Larisa"""
WEST_AFRICAN_MALE = """Oluwaseun Babatunde Olumide Adebayo Tunde Segun Femi Kunle Chukwuemeka Chinedu Emeka Obinna
    Ikenna Uche Kwame Kofi Kwabena Kojo Yaw Kwasi Emmanuel Samuel Daniel Joseph David Michael Sunday Godwin
    Victor Ayodele Olamide Temitope Tobi Nnamdi Ifeanyi Kelechi"""
WEST_AFRICAN_FEMALE = """Oluwaseyi Folake Titilayo Abimbola Adeola Ngozi Chioma Ifeoma Amaka Nkechi Adaeze Chinwe
    Abena Akosua Ama Adwoa Afia Esi Grace Blessing Comfort Patience Mercy Joy Faith Esther Ruth Deborah Temitope
    Oluwakemi Bukola Funmilayo Yewande Simisola Ebele"""
SOMALI_MALE = """Abdi Abdirahman Abdullahi Ahmed Ali Hassan Hussein Ibrahim Ismail Mahad Mohamed Mohamud Mustafa
    Omar Osman Said Salad Sharif Yusuf Warsame Liban Guled Farah Jama Bashir Abdikadir Abshir"""
SOMALI_FEMALE = """Amina Asha Ayaan Fadumo Fartun Faiza Halimo Hamdi Hawa Hibo Hodan Idil Ifrah Khadra Ladan Maryan
    Muna Nasra Nimco Rahma Sagal Sahra Samira Shukri Sucaad Ubah Zamzam Deqa"""
CHINESE_MALE = """Wei Jun Ming Jian Hao Chi-Wai Ka-Ming Wai-Man Kwok-Keung Tsz-Ho Yiu-Wing Zhiqiang Xiaoming Jianguo
    Haoran Yichen Zihao Chun-Kit Hoi-Man Siu-Fung Lok-Hin Wing-Kin"""
CHINESE_FEMALE = """Mei Li Xiu-Ying Yan Fang Ka-Yan Wai-Ling Mei-Ling Siu-Ling Hoi-Yan Tsz-Ching Yuk-Lan Xiaoyan
    Jing Yating Xinyi Zihan Lai-Fong Suk-Yee Wing-Sze Lok-Yiu Pui-Shan"""
CHINESE_ENGLISH_MALE = "Kevin Jason Raymond Andy Tony Vincent Eric Alan Kenneth Simon Jackson Leo"
CHINESE_ENGLISH_FEMALE = "Winnie Vivian Michelle Amy Grace Carol Joyce Fiona Jenny Cindy Lucy Emily"
ARABIC_MALE = """Ahmad Ali Omar Khaled Hassan Hussein Mustafa Ibrahim Youssef Mahmoud Abdullah Abdulrahman Samir
    Tarek Karim Nabil Walid Ziad Bassam Fadi Rami Sami Bashar Hamid Jamal Kamal Mazen Nizar Qusay Yazan"""
ARABIC_FEMALE = """Fatima Layla Nour Rania Hanan Samira Amal Huda Iman Khadija Mariam Nadia Rasha Salma Sawsan Yasmin
    Zeinab Dina Ghada Hala Jamila Lina Maha Noura Rima Suha Wafa Zahra"""
TRAVELLER_MALE = """John James Patrick Michael Martin Thomas Edward Simon Miles Dan Willie Johnny Jimmy Paddy Felix
    Bernard Anthony Francis Lawrence Hughie Jim Tom Ned Christy Owen Barney"""
TRAVELLER_FEMALE = """Mary Margaret Bridget Kathleen Winnie Ann Nan Helen Josephine Theresa Elizabeth Barbara Nora
    Julia Eileen Philomena Noreen Chantelle Shakira Savannah Rosie Kizzy Cindy Montana Sabrina Violet"""

ALIKE = {
    "M": """Jayden/Jaydon Aiden/Ayden Aaron/Arron Harry/Harvey Connor/Cameron Zain/Zayn Hassan/Hussain
        Jack/Jake Mason/Jason Liam/Leon Reece/Reuben Ryan/Rhys Joel/Noel Taylor/Tyler Daniel/Danyal
        Ibrahim/Ismail Adam/Aden Finn/Flynn Luca/Lucas Harley/Hayden Muhammad/Mohammed Kian/Kieran
        Callum/Colin Archie/Alfie Freddie/Teddy""",
    "F": """Mia/Maya Ella/Ellie Emily/Emilia Isla/Isra Amina/Aminah Hannah/Anna Lily/Lila Aisha/Ayesha
        Sara/Zara Olivia/Alivia Eva/Evie Sophie/Sophia Lola/Lyla Kayla/Kaylee Maisie/Daisy Amelia/Emelia
        Poppy/Polly Millie/Molly Sana/Sania Hafsa/Hafza Lexi/Lexie Orla/Isla Zainab/Zaynab Erin/Eryn
        Kiran/Simran""",
}
"""Names given to twins because they sound alike, as parents do."""
