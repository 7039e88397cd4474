-- Names that ICANN's Specification 5 reserves in generic zones. The lists have ids below 1000: they are
-- shipped, not dumped, and a zone releases names of them (dos.reserved_release_add) or uses none (spec5=false).
-- Labels were gathered by the project spec5-reserved-names, state of 2022 (spec5_LICENSE).

INSERT INTO dos.reserved_list (id, name, class, comment) VALUES
    (1, 'spec5-1-example', 'blocked', 'Specification 5 section 1'),
    (2, 'spec5-2-two-characters', 'reserved', 'Specification 5 section 2: all labels of two characters'),
    (3, 'spec5-3-operations', 'registry', 'Specification 5 section 3.1'),
    (4, 'spec5-4-countries', 'geographic', 'Specification 5 section 4: names of countries and territories'),
    (5, 'spec5-5-olympic', 'igo', 'Specification 5 section 5: International Olympic Committee'),
    (6, 'spec5-5-red-cross', 'igo', 'Specification 5 section 5: International Red Cross and Red Crescent Movement'),
    (7, 'spec5-6-igo', 'igo', 'Specification 5 section 6: intergovernmental organizations');

INSERT INTO dos.reserved_pattern (list_id, pattern) VALUES (2, '^[a-z0-9]{2}$');

INSERT INTO dos.reserved_name (list_id, label) SELECT DISTINCT 1, dos.dname(l) FROM regexp_split_to_table($$
example
$$, '\s+') AS l WHERE l <> '';

INSERT INTO dos.reserved_name (list_id, label) SELECT DISTINCT 3, dos.dname(l) FROM regexp_split_to_table($$
www whois rdds nic
$$, '\s+') AS l WHERE l <> '';

INSERT INTO dos.reserved_name (list_id, label) SELECT DISTINCT 4, dos.dname(l) FROM regexp_split_to_table($$
afghanistan albania algeria american-samoa americansamoa andorra angola anguilla antarctica antigua-and-barbuda antiguaandbarbuda argentina armenia aruba ascension-and-tristan-da-cunha-saint-helena
ascensionandtristandacunhasainthelena australia austria azerbaijan bahamas bahrain bangladesh barbados belarus belgium belize benin bermuda bhutan bolivarian-republic-of-venezuela
bolivarianrepublicofvenezuela bolivia bonaire bonaire-sint-eustatius-and-saba bonairesinteustatiusandsaba bosnia-and-herzegovina bosniaandherzegovina botswana bouvet-island bouvetisland brazil
british-indian-ocean-territory british-virgin-islands britishindianoceanterritory britishvirginislands brunei-darussalam bruneidarussalam bulgaria burkina-faso burkinafaso burundi cabo-verde caboverde
cambodia cameroon canada cape-verde capeverde cayman-islands caymanislands central-african-republic centralafricanrepublic chad chile china christmas-island christmasisland cocos-islands
cocos-keeling-islands cocosislands cocoskeelingislands colombia comoros congo cook-islands cookislands costa-rica costarica croatia cuba curaçao cyprus czechia czech-republic czechrepublic
côte-d-ivoire côte-divoire côtedivoire democratic-people-s-republic-of-korea democratic-peoples-republic-of-korea democratic-republic-of-the-congo democraticpeoplesrepublicofkorea
democraticrepublicofthecongo denmark djibouti dominica dominican-republic dominicanrepublic ecuador egypt eire el-salvador elsalvador equatorial-guinea equatorialguinea eritrea estonia ethiopia
european-union europeanunion falkland-islands falkland-islands-malvinas falklandislands falklandislandsmalvinas faroe-islands faroeislands federated-states-of-micronesia federatedstatesofmicronesia
fiji finland former-yugoslav-republic-of-macedonia formeryugoslavrepublicofmacedonia france french-guiana french-polynesia french-southern-territories frenchguiana frenchpolynesia
frenchsouthernterritories gabon gambia georgia germany ghana gibraltar greece greenland grenada guadeloupe guam guatemala guernsey guinea guinea-bissau guineabissau guyana haiti
heard-island-and-mcdonald-islands heardislandandmcdonaldislands holy-see holy-see-vatican-city-state holysee holyseevaticancitystate honduras hong-kong hongkong hungary iceland india indonesia iran
iraq ireland islamic-republic-of-iran islamicrepublicofiran isle-of-man isleofman israel italy jamaica japan jersey jordan kazakhstan keeling-islands keelingislands kenya kiribati korea kuwait
kyrgyzstan lao-people-s-democratic-republic lao-peoples-democratic-republic laopeoplesdemocraticrepublic laos latvia lebanon lesotho liberia libya liechtenstein lithuania luxembourg macao macedonia
madagascar malawi malaysia maldives mali malta malvinas marshall-islands marshallislands martinique mauritania mauritius mayotte mexico méxico micronesia moldova monaco mongolia montenegro montserrat
morocco mozambique myanmar namibia nauru nepal netherlands new-caledonia new-zealand newcaledonia newzealand nicaragua niger nigeria niue norfolk-island norfolkisland northern-mariana-islands
northernmarianaislands norway oman pakistan palau palestine panama papua-new-guinea papuanewguinea paraguay peru philippines pitcairn plurinational-state-of-bolivia plurinationalstateofbolivia poland
portugal province-of-china-taiwan provinceofchinataiwan puerto-rico puertorico qatar republic-of-korea republic-of-moldova republicofkorea republicofmoldova romania russian-federation
russianfederation russia rwanda réunion saint-barthélemy saint-helena saint-helena-ascension-and-tristan-da-cunha saint-kitts-and-nevis saint-lucia saint-martin saint-pierre-and-miquelon
saint-vincent-and-the-grenadines saintbarthélemy sainthelena sainthelenaascensionandtristandacunha saintkittsandnevis saintlucia saintmartin saintpierreandmiquelon saintvincentandthegrenadines samoa
san-marino sanmarino sao-tome-and-principe saotomeandprincipe sark saudi-arabia saudiarabia senegal serbia seychelles sierra-leone sierraleone singapore sint-eustatius-and-saba-bonaire sint-maarten
sinteustatiusandsababonaire sintmaarten slovakia slovenia solomon-islands solomonislands somalia south-africa south-georgia-and-the-south-sandwich-islands south-sudan southafrica
southgeorgiaandthesouthsandwichislands southsudan spain sri-lanka srilanka state-of-palestine stateofpalestine sudan suriname svalbard-and-jan-mayen svalbardandjanmayen swaziland sweden switzerland
syrian-arab-republic syrianarabrepublic taiwan taiwan-province-of-china taiwanprovinceofchina tajikistan tanzania thailand the-democratic-republic-of-the-congo
the-former-yugoslav-republic-of-macedonia thedemocraticrepublicofthecongo theformeryugoslavrepublicofmacedonia timor-leste timorleste togo tokelau tonga trinidad-and-tobago trinidadandtobago tunisia
turkey turkmenistan turks-and-caicos-islands turksandcaicosislands tuvalu u-s-virgin-islands uganda ukraine united-arab-emirates united-kingdom united-kingdom-of-great-britain-and-northern-ireland
unitedkingdomofgreatbritainandnorthernireland united-republic-of-tanzania united-states united-states-of-america unitedstatesofamerica united-states-minor-outlying-islands unitedarabemirates
unitedkingdom unitedrepublicoftanzania unitedstates unitedstatesminoroutlyingislands uruguay us-virgin-islands usvirginislands uzbekistan vanuatu vatican vatican-city-state vaticancitystate venezuela
viet-nam vietnam virgin-islands virginislands wallis-and-futuna wallisandfutuna western-sahara westernsahara yemen yugoslav zambia zimbabwe åland-islands ålandislands afganistán afrique-du-sud
afriquedusud albanie alemania algérie allemagne andorre antigua-et-barbuda antiguaetbarbuda antigua-y-barbuda antiguaybarbuda arabia-saudita arabiasaudita arabie-saoudite arabiesaoudite argelia
argentine arménie australie autriche azerbaïdjan azerbaiyán bahrein bahreïn barbade belarús belgique belice bhoutan bhután bélarus bélgica bénin bolivie bosnia-y-herzegovina bosniayherzegovina
bosnie-herzégovine bosnieherzégovine brasil brésil brunéi-darussalam brunéidarussalam bulgarie burkina cambodge camboya camerún camerooun canadá cap-vert capvert chili chine chipre chypre colombie
comoras comores croacia croatie danemark dinamarca dominicana dominique egipto el-reino-unido-de-gran-bretaña-e-irlanda-del-norte elreinounidodegranbretañaeirlandadelnorte emiratos-árabes-unidos
emiratosárabesunidos eslovaquia eslovenia españa espagne estados-unidos-de-américa estadosunidosdeamérica estonie etiopía ex-république-yougoslave-de-macédoine ex-républiqueyougoslavedemacédoine
exrépubliqueyougoslavedemacédoine fédération-de-russie fédérationderussie federación-de-rusia federaciónderusia fidji filipinas finlande finlandia francia gabón gambie géorgie granada grèce grecia
grenade guinea-ecuatorial guineaecuatorial guinée-bissau guinéebissau guinée-équatoriale guinéeéquatoriale guinée égypte haití haïti hongrie hungría inde indonésie irlanda irlande irán islande
islandia islas-marshall islasmarshall islas-salomón islassalomón israël italia italie jamaïque japón japon jordania jordanie kazajstán kirghizistan kirguistán koweït
la-ex-república-yugoslava-de-macedonia laexrepúblicayugoslavademacedonia líbano îles-marshall îlesmarshall îles-salomon îlessalomon letonia lettonie liban libia libéria libye lituania lituanie
luxemburgo malaisie malasia maldivas malte malí maroc marruecos maurice mauricio mauritanie mexique micronésie émirats-arabes-unis émiratsarabesunis mónaco mongolie monténégro namibie níger nigéria
noruega norvège nouvelle-zélande nouvellezélande népal nueva-zelandia nuevazelandia omán ouganda ouzbékistan pakistán palaos panamá papouasie-nouvelle-guinée papouasienouvelleguinée papua-nueva-guinea
papuanuevaguinea países-bajos paísesbajos pays-bas paysbas perú pologne polonia pérou équateur república-centroafricana repúblicacentroafricana república-checa repúblicacheca república-de-corea
repúblicadecorea república-democrática-del-congo repúblicademocráticadelcongo república-democrática-popular-lao repúblicademocráticapopularlao república-de-moldova repúblicademoldova
república-popular-democrática-de-corea repúblicapopulardemocráticadecorea república-árabe-siria repúblicaárabesiria república-unida-de-tanzanía repúblicaunidadetanzanía roumanie
royaume-uni-de-grande-bretagne-et-d-irlande-du-nord royaume-unidegrande-bretagneetdirlandedunord royaumeunidegrandebretagneetdirlandedunord république-arabe-syrienne républiquearabesyrienne
république-centrafricaine républiquecentrafricaine république-de-corée républiquedecorée république-de-moldova républiquedemoldova république-démocratique-du-congo républiquedémocratiqueducongo
république-démocratique-populaire-lao républiquedémocratiquepopulairelao république-dominicaine républiquedominicaine république-populaire-démocratique-de-corée républiquepopulairedémocratiquedecorée
république-tchèque républiquetchèque république-unie-de-tanzanie république-uniedetanzanie républiqueuniedetanzanie rumania érythrée sainte-lucie saintelucie saint-kitts-et-nevis saintkittsetnevis
saint-kitts-y-nevis saintkittsynevis saint-marin saintmarin saint-siège saintsiège saint-vincent-et-les-grenadines saint-vincent-et-lesgrenadines saintvincentetlesgrenadines santa-lucía santalucía
santa-sede santasede santo-tomé-y-príncipe santotoméypríncipe san-vicente-y-las-granadinas sanvicenteylasgranadinas sao-tomé-et-principe saotomé-et-principe saotoméetprincipe serbie sierra-leona
sierraleona singapour singapur slovaquie slovénie sénégal somalie soudan-du-sud soudandusud soudan suède sudáfrica sudán-del-sur sudándelsur sudán suecia suisse suiza swazilandia tadjikistan tailandia
états-unis-d-amérique états-unisdamérique étatsunisdamérique tayikistán tchad thaïlande éthiopie túnez trinidad-y-tabago trinidadytabago trinité-et-tobago trinitéettobago tunisie turkmenistán
turkménistan turquía turquie ucrania الولايات-المتحدة-الأمريكية جمهورية-كوريا-الشعبية-الديمقراطية جمهورية-لاو-الديمقراطية-الشعبية جمهورية-مقدونيا-اليوغوسلافية-السابقة سانت-فنسنت-وجزر-غرينادين
غينيا---بيساو бывшая-югославская-республика-македония корейская-народно-демократическая-республика лаосская-народно-демократическая-республика сан-томе-и-принсипи сент-винсент-и-гренадины
сент-китс-и-невис соединенные-штаты-америки тринидад-и-тобаго الإمارات-العربية-المتحدة الجمهورية-العربية-السورية المملكة-العربية-السعودية بابوا-غينيا-الجديدة بروني-دار-السلام تيمور--ليشتي
جمهورية-أفريقيا-الوسطى جمهورية-الكونغو-الديمقراطية جمهورية-تنزانيا-المتحدة سانت-كيتس-ونيفس سان-تومي-وبرينسيبي антигуа-и-барбуда босния-и-герцеговина бруней-даруссалам 赞比亚
демократическая-республика-конго кот-д-ивуар объединенная-республика-танзания المكسيك объединенные-арабские-эмираты папуа-новая-гвинея сирийская-арабская-республика 大不列颠及北爱尔兰联合王国 الاتحاد-الروسي
البوسنة-والهرسك الجبل-الأسود الجمهورية-التشيكية الجمهورية-الدومينيكية الرأس-الأخضر الكرسي-الرسولي أنتيغوا-وبربودا بوركينا-فاسو ترينيداد-وتوباغو تيمور-ليشتي جزر-البهاما جزر-القمر جزر-سليمان جزر-مارشال
جمهورية-كوريا جمهورية-مولدوفا جنوب-أفريقيا جنوب-السودان سانت-لوسيا سان-مارينو سري-لانكا غينيا-الاستوائية غينيا-بيساو فييت-نام كوت-ديفوار багамские-острова буркина-фасо гвинея-бисау
доминиканская-республика кабо-верде коморские-острова корейскаянародно-демократическаяреспублика коста-рика кот-дивуар лаосскаянародно-демократическаяреспублика мальдивские-острова маршалловы-острова
новая-зеландия папуа-новаягвинея республика-корея республика-молдова российская-федерация сан-марино сан-томеипринсипи саудовская-аравия святой-престол сейшельские-острова сент-винсентигренадины
сент-китсиневис сент-люсия соломоновы-острова сьерра-леоне тимор-лешти фиджи центральноафриканская-республика чешская-республика шри-ланка экваториальная-гвинея южная-африка южный-судан 多米尼加 教廷 美利坚合众国
阿根廷 إثيوبيا أذربيجان أرمينيا إريتريا أسبانيا أستراليا إستونيا إسرائيل أفغانستان إكوادور الاتحادالروسي الأرجنتين الأردن الإماراتالعربيةالمتحدة ألبانيا البحرين البرازيل البرتغال البوسنةوالهرسك
الجبلالأسود الجزائر الجمهوريةالتشيكية الجمهوريةالدومينيكية الجمهوريةالعربيةالسورية الدانمرك الرأسالأخضر السلفادور السنغال السودان السويد اَلصُّومَال الصومال الصين العراق الفلبين الكاميرون
الكرسيالرسولي الكونغو الكويت ألمانيا المغرب المملكةالعربيةالسعودية المملكةالمتحدةلبريطانياالعظمىوآيرلنداالشمالية النرويج النمسا النيجر الهند الولاياتالمتحدةالأمريكية اليابان اليمن اليونان
أنتيغواوبربودا أندورا إندونيسيا أنغولا أوروغواي أوزبكستان أوغندا أوكرانيا إيران آيرلندا آيسلندا إيطاليا بابواغينياالجديدة باراغواي باكستان بالاو بربادوس برونيدارالسلام بلجيكا بلغاريا بليز بنغلاديش
بنما بنن بوتان بوتسوانا بوركينافاسو بوروندي بولندا بوليفيا بيرو بيلاروس تايلند تركمانستان تركيا ترينيدادوتوباغو تشاد توغو توفالو تونس تونغا تيمورليشتي جامايكا جزرالبهاما جزرالقمر جزرسليمان جزرمارشال
جمهوريةأفريقياالوسطى جمهوريةالكونغوالديمقراطية جمهوريةتنزانياالمتحدة جمهوريةكوريا جمهوريةكورياالشعبيةالديمقراطية جمهوريةلاوالديمقراطيةالشعبية جمهوريةمقدونيااليوغوسلافيةالسابقة جمهوريةمولدوفا
جنوبأفريقيا جنوبالسودان جورجيا جيبوتي دومينيكا رواندا رومانيا زامبيا زمبابوي ساموا سانتفنسنتوجزرغرينادين سانتكيتسونيفس سانتلوسيا سانتوميوبرينسيبي سانمارينو سريلانكا سلوفاكيا سلوفينيا سنغافورة سوازيلند
سورينام سويسرا سيراليون سيشيل شيلي صربيا طاجيكستان عمان غابون غامبيا غانا غرينادا غواتيمالا غيانا غينيا غينياالاستوائية غينيابيساو فانواتو فرنسا فنزويلا فنلندا فيجي فييتنام قبرص قطر قيرغيزستان
كازاخستان كرواتيا كمبوديا كندا كوبا كوتديفوار كوستاريكا كولومبيا كيريباس كينيا لاتفيا لبنان لكسمبرغ ليبريا ليبيا ليتوانيا ليختنشتاين ليسوتو مالطة مالي ماليزيا مدغشقر مصر ملاوي ملديف منغوليا موريتانيا
موريشيوس موزامبيق موناكو ميانمار ميكرونيزيا ناميبيا ناورو نيبال نيجيريا نيكاراغوا نيوزيلندا هايتي هندوراس هنغاريا هولندا австралия австрия азербайджан албания алжир ангола андорра антигуаибарбуда
аргентина армения афганистан багамскиеострова бангладеш барбадос бахрейн беларусь белиз бельгия бенин болгария боливия боснияигерцеговина ботсвана бразилия брунейдаруссалам буркинафасо бурунди бутан
бывшаяюгославскаяреспубликамакедония вануату венгрия венесуэла вьетнам габон гаити гайана гамбия гана гватемала гвинея гвинеябисау германия гондурас гренада греция грузия дания
демократическаяреспубликаконго джибути доминика доминиканскаяреспублика египет замбия зимбабве израиль индия индонезия иордания ирак иран ирландия исландия испания италия йемен кабоверде казахстан
камбоджа камерун канада катар кения кипр кирибати китай колумбия коморскиеострова конго корейскаянароднодемократическаяреспублика костарика котдивуар куба кувейт кыргызстан
лаосскаянароднодемократическаяреспублика латвия лесото либерия ливан ливия литва лихтенштейн люксембург маврикий мавритания мадагаскар малави малайзия мали мальдивскиеострова мальта марокко
маршалловыострова мексика микронезия мозамбик монако монголия мьянма намибия науру непал нигер нигерия нидерланды никарагуа новаязеландия норвегия объединеннаяреспубликатанзания
объединенныеарабскиеэмираты оман пакистан палау панама папуановаягвинея парагвай перу польша португалия республикакорея республикамолдова российскаяфедерация руанда румыния сальвадор самоа санмарино
сантомеипринсипи саудовскаяаравия свазиленд святойпрестол сейшельскиеострова сенегал сентвинсентигренадины сенткитсиневис сентлюсия сербия сингапур сирийскаяарабскаяреспублика словакия словения
соединенноекоролевствовеликобританииисевернойирландии соединенныештатыамерики соломоновыострова сомали судан суринам сьерралеоне таджикистан таиланд тиморлешти того тонга тринидадитобаго тувалу тунис
туркменистан турция уганда узбекистан украина уругвай филиппины финляндия франция хорватия центральноафриканскаяреспублика чад черногория чешскаяреспублика чили швейцария швеция шриланка эквадор
экваториальнаягвинея эритрея эстония эфиопия южнаяафрика южныйсудан ямайка япония 不丹 东帝汶 中国 中非共和国 丹麦 乌克兰 乌兹别克斯坦 乌干达 乌拉圭 乍得 也门 亚美尼亚 以色列 伊拉克 伊朗 伯利兹 佛得角 俄罗斯联邦 保加利亚 克罗地亚 冈比亚 冰岛 几内亚 几内亚比绍 列支敦士登 刚果 刚果民主共和国
利比亚 利比里亚 前南斯拉夫的马其顿共和国 加拿大 加纳 加蓬 匈牙利 南苏丹 南非 博茨瓦纳 卡塔尔 卢旺达 卢森堡 印度 印度尼西亚 危地马拉 厄瓜多尔 厄立特里亚 古巴 吉尔吉斯斯坦 吉布提 哈萨克斯坦 哥伦比亚 哥斯达黎加 喀麦隆 图瓦卢 土库曼斯坦 土耳其 圣卢西亚 圣基茨和尼维斯 圣多美和普林西比 圣文森特和格林纳丁斯 圣马力诺 圭亚那 坦桑尼亚联合共和国 埃及 埃塞俄比亚 基里巴斯
塔吉克斯坦 塞内加尔 塞尔维亚 塞拉利昂 塞浦路斯 塞舌尔 墨西哥 多哥 多米尼克 大韩民国 奥地利 委内瑞拉 孟加拉国 安哥拉 安提瓜和巴布达 安道尔 密克罗尼西亚 尼加拉瓜 尼日利亚 尼日尔 尼泊尔 巴哈马 巴基斯坦 巴巴多斯 巴布亚新几内亚 巴拉圭 巴拿马 巴林 巴西 布基纳法索 布隆迪 希腊 帕劳 德国 意大利 所罗门群岛 拉脱维亚 挪威 捷克共和国 摩尔多瓦共和国 摩洛哥 摩纳哥
文莱达鲁萨兰国 斐济 斯威士兰 斯洛伐克 斯洛文尼亚 斯里兰卡 新加坡 新西兰 日本 智利 朝鲜民主主义人民共和国 柬埔寨 格林纳达 格鲁吉亚 比利时 毛里塔尼亚 毛里求斯 汤加 沙特阿拉伯 法国 波兰 波斯尼亚和黑塞哥维那 泰国 津巴布韦 洪都拉斯 海地 澳大利亚 爱尔兰 爱沙尼亚 牙买加 特立尼达和多巴哥 玻利维亚 瑙鲁 瑞典 瑞士 瓦努阿图 白俄罗斯 科威特 科摩罗 科特迪瓦 秘鲁 突尼斯
立陶宛 索马里 约旦 纳米比亚 缅甸 罗马尼亚 老挝人民民主共和国 肯尼亚 芬兰 苏丹 苏里南 荷兰 莫桑比克 莱索托 菲律宾 萨尔瓦多 萨摩亚 葡萄牙 蒙古 西班牙 贝宁 赤道几内亚 越南 阿塞拜疆 阿富汗 阿尔及利亚 阿尔巴尼亚 阿拉伯叙利亚共和国 阿拉伯联合酋长国 阿曼 马尔代夫 马拉维 马来西亚 马绍尔群岛 马耳他 马达加斯加 马里 黎巴嫩 黑山 uzbekistán yémen
zambie روسياالبيضاء بنين برونايدارالسلام تشيلي الاشتراك الشعبيةالديمقراطيةجمهوريةكوريا الدنمارك جمهوريةالدومينيكان الاكوادور استونيا المناطق الغابون يونان أيسلندا أندونيسيا ايران أيرلندا كيريباتي
قرغيزستان يلغافا هانوفر ليبيريا لوكسمبورغ جزرالمالديف مالطا مغربي موزمبيق بناما تاوى سانتكيتسونيفيس ساوتوميوبرينسيبي العربيةالسعودية بانسكا إسبانيا سودان سوازيلاند تايلاند تيمورالشرقية
المملكةالمتحدةلبريطانياالعظمىوأيرلنداالشمالية يمني زيمبابوي larepúblicacentroafricana costademarfil suscribir repúblicadominicana regiones guayana irak kenia jelgava hanover lesoto papúanuevaguinea
tawi katar federaciónrusa ruanda saotoméypríncipe banská elsurdesudán trinidadytobago pavo reinounidodegranbretañaeirlandadelnorte repúblicaunidadetanzania zimbabue cameroun
démocratiquedespeuplesrépubliquedecorée equateur salvador erythrée ethiopie guyane laorépubliquepopulairedémocratique ilemaurice sud-soudan lex-républiqueyougoslavedemacédoine trinidadettobago
центрально-африканскаяреспублика корейскаянародно-демократическаяреспубликакорея киргизия мальдивы молдова русскийфедерация юар 文莱 朝鲜民主人民共和国 多米尼加共和国 斐 印尼 韩国 苏丹南部 特里尼达和多巴哥 火鸡 英国大不列颠及北爱尔兰 美国 阿爾巴尼亞 阿爾及利亞
安道爾 安提瓜和巴布達 亞美尼亞 澳大利亞 奧地利 巴哈馬 孟加拉國 白俄羅斯 比利時 伯利茲 貝寧 玻利維亞 波斯尼亞和黑塞哥維那 博茨瓦納 文萊 保加利亞 布基納法索 喀麥隆 中非共和國 中國 哥倫比亞 科摩羅 剛果 哥斯達黎加 克羅地亞 捷克共和國 朝鮮民主人民共和國 剛果民主共和國 丹麥 多米尼加共和國 厄瓜多爾 薩爾瓦多 赤道幾內亞 厄立特里亞 愛沙尼亞 埃塞俄比亞 芬蘭 法國 岡比亞
格魯吉亞 德國 加納 希臘 格林納達 危地馬拉 幾內亞 幾內亞比紹 圭亞那 冰島 愛爾蘭 牙買加 約旦 哈薩克斯坦 肯尼亞 吉爾吉斯斯坦 老撾人民民主共和國 拉脫維亞 萊索托 利比里亞 利比亞 盧森堡 馬達加斯加 馬拉維 馬來西亞 馬爾代夫 馬里 馬耳他 馬紹爾群島 毛里塔尼亞 密克羅尼西亞 摩納哥 緬甸 納米比亞 瑙魯 尼泊爾 荷蘭 新西蘭 尼日爾 尼日利亞 帕勞 巴拿馬 巴布亞新幾內亞 秘魯
菲律賓 波蘭 卡塔爾 韓國 摩爾多瓦共和國 羅馬尼亞 俄羅斯聯邦 盧旺達 聖基茨和尼維斯 聖盧西亞 聖文森特和格林納丁斯 薩摩亞 聖馬力諾 聖多美和普林西比 塞內加爾 塞爾維亞 塞舌爾 斯洛文尼亞 所羅門群島 索馬里 蘇丹南部 斯里蘭卡 蘇丹 蘇里南 斯威士蘭 阿拉伯敘利亞共和國 泰國 前南斯拉夫的馬其頓共和國 東帝汶 湯加 特里尼達和多巴哥 火雞 土庫曼斯坦 圖瓦盧 烏干達 烏克蘭
阿拉伯聯合酋長國 英國大不列顛及北愛爾蘭 坦桑尼亞聯合共和國 美國 烏拉圭 烏茲別克斯坦 瓦努阿圖 委內瑞拉 也門 贊比亞 津巴布韋
$$, '\s+') AS l WHERE l <> '';

INSERT INTO dos.reserved_name (list_id, label) SELECT DISTINCT 5, dos.dname(l) FROM regexp_split_to_table($$
olympic olympiad olympique olympiade olympisch xn--olmpico-8ya xn--olimpada-g2a xn--igbk7fennc xn--igbic3azhgtrc xn--74qv0co1jlpq xn--jlq85io9flpq xn--74qv0cu1jdpq xn--nlq05iu9fdpq xn--kxadxfcgtff2c
xn--hxakisjgtk7b xn--4y2bl1uwwl xn--hy1bl6gb7lq0a546c xn--h1aaadbedjpny xn--80aaloaqinm
$$, '\s+') AS l WHERE l <> '';

INSERT INTO dos.reserved_name (list_id, label) SELECT DISTINCT 6, dos.dname(l) FROM regexp_split_to_table($$
redcross red-cross redcrescent red-crescent redcrystal red-crystal redlionandsun red-lion-and-sun croixrouge croix-rouge croissantrouge croissant-rouge cristalrouge cristal-rouge lionetsoleilrouge
lion-et-soleil-rouge cruzroja cruz-roja medialunaroja media-luna-roja cristalrojo cristal-rojo xn--lenysolrojos-1hb xn--len-y-sol-rojos-wrb xn--80aklccqteffl6h xn----7sbqoddswffgm4i
xn--80aklchgejigmhx9b1dvd xn----7sbqodjheljgniz2c2d0d xn--80aaxddcjam2aeifo3k xn----7sbb5adedkan5afigp1l xn--80aeibodfkdogkspg7fsd xn------5cdlrdweiofrjnvsj2h1d xn--igbhad1ayx3jbcn8c
xn----rmckbd7a2a0a8kbdo2d xn--igbhaa5ay2kabbnq xn----rmckab1b2a0mabcor xn--ggblaaaafgcf3b2bfdu8wqafcbdx7dwb xn-----usdvabbaghdg1c7bgew00asafdbez2eyb xn--igbhbaaa4bnvpcl7rednevzl
xn------6yetdbaa2dq4aseo3wgepfy3an xn--kkr01qny4a xn--efvv3a313c xn--1kvs1kn4r xn--jhqs4ylzunwk7v2a icrc cicr ifrc ficr mkkk xn--j1aae6a spr frk cvtl xn--j1afdfp xn--tgmj-6ra xn--t-cubfh xn--j1aheq
$$, '\s+') AS l WHERE l <> '';

INSERT INTO dos.reserved_name (list_id, label) SELECT DISTINCT 7, dos.dname(l) FROM regexp_split_to_table($$
africandevelopmentbank african-development-bank africanunion african-union africancaribbeanandpacificgroupofstates african-caribbean-and-pacific-group-of-states andeancommunity andean-community
andeandevelopmentcorporation andean-development-corporation asiandevelopmentbank asian-development-bank xn--asociacinlatinoamericanadeintegracin-2qd1a xn--asociacin-latinoamericana-de-integracin-x0d4a
associationofcaribbeanstates association-of-caribbean-states associationofsoutheastasiannations association-of-southeast-asian-nations caribbeancommunity caribbean-community
centralamericanintegrationsystem central-american-integration-system collectivesecuritytreatyorganization collective-security-treaty-organization xn--commissiondelocanindien-pcc
xn--commission-de-l-ocan-indien-soc commonfundforcommodities common-fund-for-commodities commonwealthofindependentstates commonwealth-of-independent-states communityofsahel-saharanstates
community-of-sahel-saharan-states xn--comunidadedospasesdelnguaportuguesa-thdg xn--comunidade-dos-pases-de-lngua-portuguesa-gxdi cooperationcouncilforthearabstatesofthegulf
cooperation-council-for-the-arab-states-of-the-gulf councilofeurope council-of-europe eastafricancommunity east-african-community economiccommunityofcentralafricanstates
economic-community-of-central-african-states economiccommunityofwestafricanstates economic-community-of-west-african-states economiccooperationorganization economic-cooperation-organization
energycharterconference energy-charter-conference eurasiandevelopmentbank eurasian-development-bank eurasianeconomiccommunity eurasian-economic-community europeanorganizationfornuclearresearch
european-organization-for-nuclear-research europeanunion european-union hagueconferenceonprivateinternationallaw hague-conference-on-private-international-law inter-americandevelopmentbank
inter-american-development-bank intergovernmentalauthorityondevelopment intergovernmental-authority-on-development internationalcentreformigrationpolicydevelopment
international-centre-for-migration-policy-development internationalcriminalcourt international-criminal-court internationaldevelopmentlaworganization international-development-law-organization
internationalhumanitarianfact-findingcommission international-humanitarian-fact-finding-commission internationalhydrographicorganization international-hydrographic-organization
internationalinstitutefordemocracyandelectoralassistance international-institute-for-democracy-and-electoral-assistance internationalorganizationformigration international-organization-for-migration
internationalrenewableenergyagency international-renewable-energy-agency internationalseabedauthority international-seabed-authority internationaltribunalforthelawofthesea
international-tribunal-for-the-law-of-the-sea islamicdevelopmentbankgroup islamic-development-bank-group italian-latinamericaninstitute italian-latin-american-institute
latinamericanandcaribbeaneconomicsystem latin-american-and-caribbean-economic-system latinamericanparliament latin-american-parliament leagueofarabstates league-of-arab-states
organisationforeconomicco-operationanddevelopment organisation-for-economic-co-operation-and-development organisationinternationaledelafrancophonie organisation-internationale-de-la-francophonie
organisationofeasterncaribbeanstates organisation-of-eastern-caribbean-states organisationofislamiccooperation organisation-of-islamic-cooperation organizationfordemocracyandeconomicdevelopment
organization-for-democracy-and-economic-development organizationofamericanstates organization-of-american-states organizationoftheblackseaeconomiccooperation
organization-of-the-black-sea-economic-cooperation pacificislandsforum pacific-islands-forum permanentcourtofarbitration permanent-court-of-arbitration shanghaicooperationorganisation
shanghai-cooperation-organisation southasianassociationforregionalcooperation south-asian-association-for-regional-cooperation southcentre south-centre southernafricandevelopmentcommunity
southern-african-development-community theopecfundforinternationaldevelopment the-opec-fund-for-international-development xn--unioneconomiqueetmontaireouestafricaine-upd
xn--union-economique-et-montaire-ouest-africaine-x4d unionofsouthamericannations union-of-south-american-nations worldcustomsorganization world-customs-organization
africanintellectualpropertyorganization african-intellectual-property-organization africanpetroleumproducersassociation african-petroleum-producers-association
africanregionalintellectualpropertyorganization african-regional-intellectual-property-organization amazoncooperationtreatyorganization amazon-cooperation-treaty-organization
aseanpromotioncentreontradeinvestmentandtourism asean-promotion-centre-on-trade-investment-and-tourism asianproductivityorganization asian-productivity-organization bankforinternationalsettlements
bank-for-international-settlements beneluxorganizationforintellectualproperty benelux-organization-for-intellectual-property blackseatradeanddevelopmentbank black-sea-trade-and-development-bank
bureauinternationaldespoidsetmesures bureau-international-des-poids-et-mesures carribeantelecommunicationsunion carribean-telecommunications-union centralbankofwestafricanstates
central-bank-of-west-african-states councilofeuropedevelopmentbank council-of-europe-development-bank eftacourt efta-court eftasurveillanceauthority efta-surveillance-authority eucliduniversity
euclid-university eurasianpatentorganization eurasian-patent-organization europeanatomicenergycommunity european-atomic-energy-community europeanbankforreconstructionanddevelopment
european-bank-for-reconstruction-and-development europeancentralbank european-central-bank europeancentreformedium-rangeweatherforecasts european-centre-for-medium-range-weather-forecasts
europeancommission european-commission europeanconferenceofministersoftransport european-conference-of-ministers-of-transport europeancouncil european-council europeanexternalactionservice
european-external-action-service europeanforestinstitute european-forest-institute europeanfreetradeassociation european-free-trade-association europeaninvestmentbank european-investment-bank
europeanmolecularbiologylaboratory european-molecular-biology-laboratory europeanorganisationforthesafetyofairnavigation european-organisation-for-the-safety-of-air-navigation europeanparliament
european-parliament europeanpatentoffice european-patent-office europeanpatentorganisation european-patent-organisation europeanpoliceoffice european-police-office europeanspaceagency
european-space-agency foodandagricultureorganizationoftheunitednations food-and-agriculture-organization-of-the-united-nations inter-americaninvestmentcorporation inter-american-investment-corporation
internationalanti-corruptionacademy international-anti-corruption-academy internationalatomicenergyagency international-atomic-energy-agency internationalcentreforadvancedmediterraneanagronomicstudies
internationalcentreforsettlementofinvestmentdisputes international-centre-for-settlement-of-investment-disputes internationalcivilaviationorganization international-civil-aviation-organization
internationalcocoaorganization international-cocoa-organization internationalcoffeeorganization international-coffee-organization internationalcourtofjustice international-court-of-justice
internationaldevelopmentassociation international-development-association internationalenergyagency international-energy-agency internationalexhibitionsbureau international-exhibitions-bureau
internationalfinancecorporation international-finance-corporation internationalfundforagriculturaldevelopment international-fund-for-agricultural-development
internationalinstitutefortheunificationofprivatelaw international-institute-for-the-unification-of-private-law internationaljointcommission international-joint-commission
internationallabourorganization international-labour-organization internationalmaritimeorganization international-maritime-organization internationalmobilesatelliteorganization
international-mobile-satellite-organization internationalmonetaryfund international-monetary-fund internationaloliveoilcouncil international-olive-oil-council internationalscienceandtechnologycenter
international-science-and-technology-center internationalsugarorganization international-sugar-organization internationaltelecommunicationunion international-telecommunication-union
internationaltelecommunicationssatelliteorganization international-telecommunications-satellite-organization internationaltransportforum international-transport-forum
internationaltropicaltimberorganization international-tropical-timber-organization internationalunionfortheprotectionofnewvarietiesofplants internationalwhalingcommission
international-whaling-commission iterinternationalfusionenergyorganization iter-international-fusion-energy-organization mekongrivercommission mekong-river-commission xn--mercadocomndesur-tyb
xn--mercado-comn-de-sur-b9b multilateralinvestmentguaranteeagency multilateral-investment-guarantee-agency nordicinvestmentbank nordic-investment-bank nordicpatentinstitute nordic-patent-institute
northatlanticsalmonconservationorganization north-atlantic-salmon-conservation-organization northatlantictreatyorganization north-atlantic-treaty-organization northpacificmarinescienceorganization
north-pacific-marine-science-organization organisationforjointarmamentco-operation organisation-for-joint-armament-co-operation organisationfortheharmonisationofbusinesslawinafrica
organisation-for-the-harmonisation-of-business-law-in-africa organisationfortheprohibitionofchemicalweapons organisation-for-the-prohibition-of-chemical-weapons
organisationinternationaledelavigneetduvin organisation-internationale-de-la-vigne-et-du-vin organizationofthepetroleumexportingcountries organization-of-the-petroleum-exporting-countries
pacificcommunity pacific-community panamericanhealthorganization pan-american-health-organization postalunionoftheamericasspainandportugal postal-union-of-the-americas-spain-and-portugal
thecommonmarketforeasternandsouthernafrica the-common-market-for-eastern-and-southern-africa unionbenelux union-benelux unitednations united-nations
unitednationseducationalscientificandculturalorganization united-nations-educational-scientific-and-cultural-organization unitednationsframeworkconventiononclimatechange
united-nations-framework-convention-on-climate-change unitednationsindustrialdevelopmentorganization united-nations-industrial-development-organization universalpostalunion universal-postal-union
worldbank world-bank worldhealthorganization world-health-organization worldintellectualpropertyorganization world-intellectual-property-organization worldmeteorologicalorganization
world-meteorological-organization worldorganisationforanimalhealth world-organisation-for-animal-health worldtourismorganization world-tourism-organization worldtradeorganization
world-trade-organization asian-africanlegalconsultativeorganization asian-african-legal-consultative-organization conferenceoninteractionandconfidencebuildingmeasuresinasia
internationalconferenceonthegreatlakesregionofafrica international-conference-on-the-great-lakes-region-of-africa internationalcriminalpoliceorganization-interpol
international-criminal-police-organization-interpol internationalfundforsavingthearalsea international-fund-for-saving-the-aral-sea internationalunionforconservationofnatureandnaturalresources
organizationforsecurityandco-operationineurope organization-for-security-and-co-operation-in-europe parliamentaryassemblyofthemediterranean parliamentary-assembly-of-the-mediterranean
partnersinpopulationanddevelopment partners-in-population-and-development thecommonwealth the-commonwealth universityforpeace university-for-peace internationaltradecentre international-trade-centre
jointunitednationsprogrammeonhivaids joint-united-nations-programme-on-hiv-aids unitednationschildrensfund united-nations-children-s-fund unitednationsconferenceontradeanddevelopment
united-nations-conference-on-trade-and-development unitednationsdevelopmentprogramme united-nations-development-programme unitednationsentityforgenderequalityandtheempowermentofwomen
unitednationsenvironmentprogramme united-nations-environment-programme unitednationshighcommissionerforrefugeesunrefugeeagency united-nations-high-commissioner-for-refugees-un-refugee-agency
unitednationshumansettlementsprogramme united-nations-human-settlements-programme unitednationsinternationalcomputingcentre united-nations-international-computing-centre
unitednationsofficeforprojectservices united-nations-office-for-project-services unitednationspopulationfund united-nations-population-fund unitednationsuniversity united-nations-university
worldfoodprogramme world-food-programme aalco acp acs acto adb afdb aipo aladi apo appa aripo asean au bceao benelux bie bipm bis boip bsec bstdp caf can caricom ceb cen-sad cept cern cfc cica ciheam
cis coe coi comesa commonwealth cplp csto ctbto ctu eabr eac eapo ebrd ec ecb eccas ecmt ecmwf eco ecowas eeas efi efta eftasurv eib embl encharter ep epo esa eso eu euclid euco eurasec euratom
eurocontrol europol fao forumsec gcc guam hcch iaca iadb iaea ibrd icao icc-cpi icco icglr icj-cij icmpd ico icsid ida idb idea idlo iea ifad ifas ifc igad ihffc iho iic iila ijc ilo imf imo imso
interelectro interpol intracen iom iooc irena isa iso istc iter itf itlos itso itto itu iucn iwc las mercosur miga mrc nasco nato nib npi oas occar oecd oecs ofid ohada oic oie oif oiv opanal opcw
opec osce paho pam parlatino pca pices ppd puasp recsa saarc sadc sco sela sica spc uemoa un un-habitat unaids unasur unccd unctad undp unep unesco unfccc unfpa unhcr unicc unicef unido unidroit unops
unrwa unu unwomen unwto upeace upov upu wco wfp who wipo wmo wto
$$, '\s+') AS l WHERE l <> '';
