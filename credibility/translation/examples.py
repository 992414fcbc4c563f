"""Articles of our own, in the likeness of machine translations and of what people write, that prove the rules on whole articles."""

from credibility.rules import Example

_FRENCH_MACHINE = (
    "La société a déclaré qu'elle effectuerait la construction du nouveau port dans un avenir proche. Dans le même temps, "
    "les départements concernés ont renforcé le travail de supervision et de gestion, et ont effectué l'inspection des "
    "navires conformément aux dispositions pertinentes. Selon les rapports, le nombre de navires qui sont entrés dans le "
    "port a augmenté de 12 % par rapport à la même période de l'année dernière. En outre, la personne en charge du port a "
    "déclaré que les travailleurs avaient participé activement à la formation, et que le niveau du service a été encore "
    "amélioré. À l'étape suivante, le port continuera à promouvoir le développement du commerce, et fournira une forte "
    "garantie pour la croissance de l'économie de la région. Il convient de mentionner que la nouvelle route a également "
    "été ouverte à la circulation, et que les résidents du village peuvent aller à la ville en seulement une heure."
)
_ENGLISH_MACHINE = (
    "The company said that it will carry out the construction of the new port in the near future. At the same time, the "
    "relevant departments have strengthened the work of supervision and management, and have carried out the inspection of "
    "the ships in accordance with the relevant provisions. According to reports, the number of the ships that entered the "
    "port has increased by 12 percent compared with the same period of last year. In addition, the person in charge of the "
    "port said that the workers have actively participated in the training, and that the level of the service has been "
    "further improved. In the next step, the port will continue to promote the development of the trade, and will provide a "
    "strong guarantee for the growth of the economy of the region. It is worth mentioning that the new road has also been "
    "opened to the traffic, and that the residents of the village can go to the city in only one hour."
)
_FRENCH_MIXED = (
    "Le maire a présenté mardi le projet du nouveau port aux habitants réunis dans la salle des fêtes. Il a dit qu'il était "
    "fier de ce que son équipe a fait, et qu'il y a beaucoup de choses que les gens ne savent pas. Les travaux doivent "
    "commencer au printemps, si le temps le permet, et durer deux ans. La police [[a déclaré]] qu'elle enquête sur "
    "l'incident de la semaine dernière, quand un bateau a heurté le quai ; personne n'a rien eu. Un "
    "pêcheur, qui range ses filets depuis l'aube, hausse les épaules : on verra bien. Sa femme vend le poisson au coin de "
    "la rue, comme sa mère avant elle. \"C'est quelque chose que nous n'avons jamais vu auparavant\", a-t-il déclaré à la "
    "presse. Cela signifie que la route restera fermée pendant plusieurs heures chaque matin, le temps de vider les "
    "camions. L'opposition, elle, réclame un vote."
)
_FRENCH_WRITTEN = (
    "Mardi, il pleuvait sur le port, et personne n'a songé à s'en plaindre. Les chalutiers étaient rentrés dans la nuit, "
    "cales à moitié vides ; on déchargeait vite, sans un mot, sous les lampes. «Encore une semaine comme celle-là et je "
    "vends», lâche Yves Le Guen, patron du Petit Loup depuis trente ans. Il n'en fera rien, ses voisins le savent. Son père "
    "disait déjà la même chose en 1987, l'année du grand coup de vent. À la criée, les prix montent pourtant : neuf euros "
    "le kilo de lotte, du jamais vu depuis l'été. La mairie, qui possède les quais, promet une aide d'ici Noël. Reste à "
    "savoir d'où viendra l'argent. Le département botte en touche, la région renvoie à Paris, et Paris se tait. Alors on "
    "attend, on ravaude, on repeint les coques. Demain, si le vent tourne, ils repartiront."
)
_ENGLISH_WRITTEN = (
    "It rained on the harbour all Tuesday, and nobody thought to grumble. The trawlers had come in overnight with their "
    "holds half empty; the men unloaded fast and said little. “Another week like that and I'll sell up,” says Jim Harkness, "
    "who has skippered the Kittiwake for thirty years. He won't, of course, and his neighbours know it. His father used to "
    "say the same back in 1987, the year of the big blow. Up at the market, though, prices are climbing: nine quid a kilo "
    "for monkfish, a thing not seen since summer. The council, which owns the quays, has pledged some help by Christmas. "
    "Where the cash would come from is anyone's guess. The county shrugs, London keeps quiet, and so they wait, mend nets "
    "and slap paint on hulls. Tomorrow, if the wind goes round, they'll be off again."
)

BAD_WHOLE = (Example("fr", f"[[{_FRENCH_MACHINE}]]"), Example("en", f"[[{_ENGLISH_MACHINE}]]"))
BAD_STYLE = (Example("fr", _FRENCH_MIXED),)
GOOD_WHOLE = (
    Example("fr", _FRENCH_WRITTEN),
    Example("en", _ENGLISH_WRITTEN),
    Example("fr", "Il pleuvait sur le port, a déclaré le maire."),
)
