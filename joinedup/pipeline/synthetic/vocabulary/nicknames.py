"""What people are called for short, as the synthetic agencies write it down.

This is a list of its own: the linkage has another, curated by others, so that neither mirrors the other.
"""

SHORT_FORMS = """
    Andrew: Andy Drew | Alexander: Alex Sandy Xander | Alfred: Alf Fred | Albert: Bert Al | Anthony: Tony Ant
    Arthur: Art Artie | Benjamin: Ben Benny | Bernard: Bernie | Christopher: Chris Kit | Charles: Charlie Chas
    Daniel: Dan Danny | David: Dave Davey | Dennis: Den | Derek: Del | Desmond: Des | Dominic: Dom | Donald: Don
    Douglas: Doug | Edward: Ted Ed Eddie Ned | Elijah: Eli | Francis: Frank | Frederick: Fred Freddie
    Gareth: Gaz | Geoffrey: Geoff | George: Georgie | Gerald: Gerry | Graham: Gray | Gregory: Greg
    Harold: Harry | Harrison: Harry | Henry: Harry Hal | Ibrahim: Ibby | Isaac: Zac | Jack: Jacky | Jacob: Jake
    James: Jim Jimmy Jamie | Jeremy: Jez | John: Jack Johnny | Jonathan: Jon Jonny | Joseph: Joe Joey
    Joshua: Josh | Kenneth: Ken Kenny | Kevin: Kev | Lawrence: Larry | Leonard: Len Lenny | Leslie: Les
    Malcolm: Mal | Martin: Marty | Matthew: Matt Matty | Maurice: Mo | Michael: Mike Mick Micky | Nathan: Nate
    Nathaniel: Nat Nate | Nicholas: Nick Nicky | Norman: Norm | Oliver: Ollie | Patrick: Pat Paddy | Percy: Perce
    Peter: Pete | Philip: Phil | Phillip: Phil | Raymond: Ray | Reginald: Reg Reggie | Richard: Rick Dick Richie
    Robert: Bob Rob Bobby Robbie | Roderick: Rod | Ronald: Ron Ronnie | Russell: Russ | Samuel: Sam Sammy
    Sidney: Sid | Simon: Si | Stanley: Stan | Stephen: Steve | Steven: Steve | Stuart: Stu | Terence: Terry
    Theodore: Theo Ted | Thomas: Tom Tommy | Timothy: Tim | Tobias: Toby | Trevor: Trev | Victor: Vic
    Walter: Wally Walt | Wilfred: Wilf | William: Bill Will Billy Liam | Zachary: Zac
    Abigail: Abbie Gail | Alexandra: Alex Sandra Lexi | Amanda: Mandy | Amelia: Millie | Angela: Angie
    Barbara: Babs Barb | Beatrice: Bea | Beverley: Bev | Bethany: Beth | Bridget: Biddy Bridie | Caroline: Carrie
    Catherine: Cath Cathy Kate | Charlotte: Lottie Charlie | Christine: Chris Chrissie | Constance: Connie
    Danielle: Dani | Deborah: Debbie Deb | Debra: Debbie | Dorothy: Dot Dottie | Eleanor: Ellie Nell
    Elizabeth: Liz Beth Betty Lizzie Libby | Emily: Em Emmie | Florence: Flo Florrie | Frances: Fran
    Gillian: Gill Jill | Georgina: Georgie | Gladys: Glad | Gwendoline: Gwen | Harriet: Hattie
    Isabella: Bella Izzy | Isabelle: Belle Izzy | Jacqueline: Jackie Jacqui | Janet: Jan | Jennifer: Jen Jenny
    Jessica: Jess Jessie | Joanne: Jo | Josephine: Jo Josie | Judith: Judy | Julie: Jules | Katherine: Kath Kate
    Kathleen: Kath Kathy | Kimberley: Kim | Lesley: Les | Lorraine: Lorri | Louise: Lou | Lynne: Lyn
    Madeleine: Maddie | Margaret: Maggie Peggy Meg Marge | Marjorie: Marge | Martha: Mattie | Mary: Molly May
    Matilda: Tilly | Maureen: Mo | Megan: Meg | Melanie: Mel | Melissa: Mel | Michelle: Shell Chelle
    Natalie: Nat | Natasha: Tash | Nicola: Nicky Nic | Olivia: Liv Livvy | Pamela: Pam | Patricia: Pat Trish Patsy
    Penelope: Penny | Philomena: Phil Mena | Phyllis: Phyl | Rachel: Rach | Rebecca: Becky Becca | Rosemary: Rosie
    Samantha: Sam | Sandra: San | Sarah: Sally Sadie | Sharon: Shaz | Shirley: Shirl | Sophie: Soph
    Stephanie: Steph | Susan: Sue Susie | Sylvia: Syl | Teresa: Terry Tess | Theresa: Terry Tess | Tracey: Trace
    Valerie: Val | Vanessa: Nessa | Victoria: Vicky Tori | Winifred: Win Winnie | Yvonne: Von
    Mohammed: Mo Moh | Mohammad: Mo | Muhammad: Mo | Mohamed: Mo Moe | Abdullah: Abdul | Abdirahman: Abdi
    Imran: Immy | Zulfiqar: Zulfi | Tariq: Taz | Shabir: Shabs | Fatima: Tima Fati | Ayesha: Ash | Zainab: Zee
    Nusrat: Nusy | Shabana: Shabs | Farzana: Farzi | Rukhsana: Roxy | Gurpreet: Gopi | Harpreet: Harry Preeti
    Manpreet: Manny Preet | Jaspreet: Jas Jazz | Amandeep: Aman | Sandeep: Sandy Sunny | Kuldeep: Kully
    Balwinder: Bal Bally | Sukhwinder: Sukhi | Jaswinder: Jas | Rajinder: Raj | Rajesh: Raj | Jayesh: Jay
    Chandrakant: Chandu | Harshad: Harry | Bhavna: Bhavi | Krzysztof: Krzys Chris | Tomasz: Tomek Tom
    Piotr: Piotrek Peter | Paweł: Pawel Paul | Michał: Michael Misiek | Andrzej: Andy Jedrek | Łukasz: Lukas Luke
    Grzegorz: Greg Grzesiek | Wojciech: Wojtek | Jakub: Kuba Jacob | Małgorzata: Gosia Margaret
    Katarzyna: Kasia Kate | Agnieszka: Aga Agnes | Magdalena: Magda | Joanna: Asia Joanne | Aleksandra: Ola Alex
    Elżbieta: Ela Elizabeth | Zuzanna: Zuza | Alexandru: Alex | Constantin: Costel | Gheorghe: George
    Ecaterina: Katy | Georgiana: Geta | Oluwaseun: Seun | Babatunde: Tunde | Chukwuemeka: Emeka
    Oluwaseyi: Seyi | Oluwakemi: Kemi | Funmilayo: Funmi | Emmanuel: Manny Emma | Bernadette: Bernie
    Seamus: Shay | Padraig: Paddy | Kathryn: Kath"""


def short_forms() -> dict[str, tuple[str, ...]]:
    """Each given name's short forms."""
    entries = (entry.split(":") for line in SHORT_FORMS.splitlines() for entry in line.split("|"))
    pairs = [entry for entry in entries if len(entry) == 2]
    return {name.strip(): tuple(short.split()) for name, short in pairs}
