"""Names that people bear beside the one they go by: there, two given names may well be one person's."""

BESIDE_GIVEN = frozenset({"SYED", "SYEDA", "ABDUL", "MD", "MST", "MOHD"})
BESIDE_ROOT = "MOHAMMED"
"""Many men bear it before the name they are called by; some records hold one, some the other."""

BESIDE_FAMILY = frozenset(
    "AU BAI CAI CAO CHAN CHANG CHAU CHEN CHENG CHEUNG CHIU CHO CHOI CHONG CHOW CHOY CHU CHUI CHUNG DENG DING "
    "DONG FAN FENG FONG FU FUNG GAO GUO HAN HE HO HU HUANG HUI HUNG JIANG JIN KAM KO KONG KWAN KWOK KWONG LAI "
    "LAM LAU LAW LEE LEUNG LI LIANG LIN LING LIU LO LOK LU LUI LUO LUK MA MAK MAN MENG MO MOK NG NGAI NGAN PAN PANG "
    "PENG POON QIAN QIN REN SHAO SHEN SHI SIU SO SONG SU SUEN SUN SZE TAI TAM TAN TANG TAO TIAN TO TONG TSANG "
    "TSE TSOI TSUI TU WAN WANG WEI WONG WOO WU XIA XIAO XIE XU XUE YAN YANG YAO YAU YE YEUNG YIM YIP YIU YU "
    "YUAN YUEN YUNG ZENG ZHANG ZHAO ZHENG ZHONG ZHOU ZHU".split()
)
"""Chinese family names: many of their bearers go by an English given name as well."""
