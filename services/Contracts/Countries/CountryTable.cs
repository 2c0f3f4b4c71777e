namespace EarlyWarning.Contracts.Countries;

/// <summary>
/// ISO 3166-1 with English short names and Correlates of War numbers, Kosovo under the code in common use, and former States under their
/// withdrawn codes, with the States that stand in their place. Two former States whose codes live on in a present one have codes of our own,
/// from those that ISO leaves to users: QVR for the Republic of Viet-Nam (which was VNM) and QYA for the Yemen Arab Republic (which was YEM).
/// </summary>
internal static class CountryTable
{
    private const string Rows = """
        AFG|Afghanistan|700
        ALA|Åland Islands|0
        ALB|Albania|339
        DZA|Algeria|615
        ASM|American Samoa|0
        AND|Andorra|232
        AGO|Angola|540
        AIA|Anguilla|0
        ATA|Antarctica|0
        ATG|Antigua and Barbuda|58
        ARG|Argentina|160
        ARM|Armenia|371
        ABW|Aruba|0
        AUS|Australia|900
        AUT|Austria|305
        AZE|Azerbaijan|373
        BHS|Bahamas|31
        BHR|Bahrain|692
        BGD|Bangladesh|771
        BRB|Barbados|53
        BLR|Belarus|370
        BEL|Belgium|211
        BLZ|Belize|80
        BEN|Benin|434
        BMU|Bermuda|0
        BTN|Bhutan|760
        BOL|Bolivia (Plurinational State of)|145
        BES|Bonaire, Sint Eustatius and Saba|0
        BIH|Bosnia and Herzegovina|346
        BWA|Botswana|571
        BVT|Bouvet Island|0
        BRA|Brazil|140
        IOT|British Indian Ocean Territory|0
        BRN|Brunei Darussalam|835
        BGR|Bulgaria|355
        BFA|Burkina Faso|439
        BDI|Burundi|516
        CPV|Cabo Verde|402
        KHM|Cambodia|811
        CMR|Cameroon|471
        CAN|Canada|20
        CYM|Cayman Islands|0
        CAF|Central African Republic|482
        TCD|Chad|483
        CHL|Chile|155
        CHN|China|710
        CXR|Christmas Island|0
        CCK|Cocos (Keeling) Islands|0
        COL|Colombia|100
        COM|Comoros|581
        COG|Congo|484
        COD|Democratic Republic of the Congo|490
        COK|Cook Islands|0
        CRI|Costa Rica|94
        CIV|Côte d'Ivoire|437
        HRV|Croatia|344
        CUB|Cuba|40
        CUW|Curaçao|0
        CYP|Cyprus|352
        CZE|Czechia|316
        DNK|Denmark|390
        DJI|Djibouti|522
        DMA|Dominica|54
        DOM|Dominican Republic|42
        ECU|Ecuador|130
        EGY|Egypt|651
        SLV|El Salvador|92
        GNQ|Equatorial Guinea|411
        ERI|Eritrea|531
        EST|Estonia|366
        SWZ|Eswatini|572
        ETH|Ethiopia|530
        FLK|Falkland Islands (Malvinas)|0
        FRO|Faroe Islands|0
        FJI|Fiji|950
        FIN|Finland|375
        FRA|France|220
        GUF|French Guiana|0
        PYF|French Polynesia|0
        ATF|French Southern Territories|0
        GAB|Gabon|481
        GMB|Gambia|420
        GEO|Georgia|372
        DEU|Germany|255
        GHA|Ghana|452
        GIB|Gibraltar|0
        GRC|Greece|350
        GRL|Greenland|0
        GRD|Grenada|55
        GLP|Guadeloupe|0
        GUM|Guam|0
        GTM|Guatemala|90
        GGY|Guernsey|0
        GIN|Guinea|438
        GNB|Guinea-Bissau|404
        GUY|Guyana|110
        HTI|Haiti|41
        HMD|Heard Island and McDonald Islands|0
        VAT|Holy See|0
        HND|Honduras|91
        HKG|Hong Kong|0
        HUN|Hungary|310
        ISL|Iceland|395
        IND|India|750
        IDN|Indonesia|850
        IRN|Iran (Islamic Republic of)|630
        IRQ|Iraq|645
        IRL|Ireland|205
        IMN|Isle of Man|0
        ISR|Israel|666
        ITA|Italy|325
        JAM|Jamaica|51
        JPN|Japan|740
        JEY|Jersey|0
        JOR|Jordan|663
        KAZ|Kazakhstan|705
        KEN|Kenya|501
        KIR|Kiribati|946
        PRK|Democratic People's Republic of Korea|731
        KOR|Republic of Korea|732
        KWT|Kuwait|690
        KGZ|Kyrgyzstan|703
        LAO|Lao People's Democratic Republic|812
        LVA|Latvia|367
        LBN|Lebanon|660
        LSO|Lesotho|570
        LBR|Liberia|450
        LBY|Libya|620
        LIE|Liechtenstein|223
        LTU|Lithuania|368
        LUX|Luxembourg|212
        MAC|Macao|0
        MDG|Madagascar|580
        MWI|Malawi|553
        MYS|Malaysia|820
        MDV|Maldives|781
        MLI|Mali|432
        MLT|Malta|338
        MHL|Marshall Islands|983
        MTQ|Martinique|0
        MRT|Mauritania|435
        MUS|Mauritius|590
        MYT|Mayotte|0
        MEX|Mexico|70
        FSM|Micronesia (Federated States of)|987
        MDA|Republic of Moldova|359
        MCO|Monaco|221
        MNG|Mongolia|712
        MNE|Montenegro|341
        MSR|Montserrat|0
        MAR|Morocco|600
        MOZ|Mozambique|541
        MMR|Myanmar|775
        NAM|Namibia|565
        NRU|Nauru|970
        NPL|Nepal|790
        NLD|Netherlands|210
        NCL|New Caledonia|0
        NZL|New Zealand|920
        NIC|Nicaragua|93
        NER|Niger|436
        NGA|Nigeria|475
        NIU|Niue|0
        NFK|Norfolk Island|0
        MKD|North Macedonia|343
        MNP|Northern Mariana Islands|0
        NOR|Norway|385
        OMN|Oman|698
        PAK|Pakistan|770
        PLW|Palau|986
        PSE|State of Palestine|0
        PAN|Panama|95
        PNG|Papua New Guinea|910
        PRY|Paraguay|150
        PER|Peru|135
        PHL|Philippines|840
        PCN|Pitcairn|0
        POL|Poland|290
        PRT|Portugal|235
        PRI|Puerto Rico|0
        QAT|Qatar|694
        REU|Réunion|0
        ROU|Romania|360
        RUS|Russian Federation|365
        RWA|Rwanda|517
        BLM|Saint Barthélemy|0
        SHN|Saint Helena, Ascension and Tristan da Cunha|0
        KNA|Saint Kitts and Nevis|60
        LCA|Saint Lucia|56
        MAF|Saint Martin (French part)|0
        SPM|Saint Pierre and Miquelon|0
        VCT|Saint Vincent and the Grenadines|57
        WSM|Samoa|990
        SMR|San Marino|331
        STP|Sao Tome and Principe|403
        SAU|Saudi Arabia|670
        SEN|Senegal|433
        SRB|Serbia|345
        SYC|Seychelles|591
        SLE|Sierra Leone|451
        SGP|Singapore|830
        SXM|Sint Maarten (Dutch part)|0
        SVK|Slovakia|317
        SVN|Slovenia|349
        SLB|Solomon Islands|940
        SOM|Somalia|520
        ZAF|South Africa|560
        SGS|South Georgia and the South Sandwich Islands|0
        SSD|South Sudan|626
        ESP|Spain|230
        LKA|Sri Lanka|780
        SDN|Sudan|625
        SUR|Suriname|115
        SJM|Svalbard and Jan Mayen|0
        SWE|Sweden|380
        CHE|Switzerland|225
        SYR|Syrian Arab Republic|652
        TWN|Taiwan (Province of China)|713
        TJK|Tajikistan|702
        TZA|United Republic of Tanzania|510
        THA|Thailand|800
        TLS|Timor-Leste|860
        TGO|Togo|461
        TKL|Tokelau|0
        TON|Tonga|955
        TTO|Trinidad and Tobago|52
        TUN|Tunisia|616
        TUR|Türkiye|640
        TKM|Turkmenistan|701
        TCA|Turks and Caicos Islands|0
        TUV|Tuvalu|947
        UGA|Uganda|500
        UKR|Ukraine|369
        ARE|United Arab Emirates|696
        GBR|United Kingdom|200
        USA|United States of America|2
        UMI|United States Minor Outlying Islands|0
        URY|Uruguay|165
        UZB|Uzbekistan|704
        VUT|Vanuatu|935
        VEN|Venezuela (Bolivarian Republic of)|101
        VNM|Viet Nam|816
        VGB|Virgin Islands (British)|0
        VIR|Virgin Islands (U.S.)|0
        WLF|Wallis and Futuna|0
        ESH|Western Sahara|0
        YEM|Yemen|679
        ZMB|Zambia|551
        ZWE|Zimbabwe|552
        XKX|Kosovo|347
        CSK|Czechoslovakia|315|CZE SVK
        DDR|German Democratic Republic|265|DEU
        QVR|Republic of Viet-Nam|817|VNM
        QYA|Yemen Arab Republic|678|YEM
        SCG|Serbia and Montenegro|345|MNE SRB
        SUN|Union of Soviet Socialist Republics|365|ARM AZE BLR EST GEO KAZ KGZ LTU LVA MDA RUS TJK TKM UKR UZB
        VDR|Democratic Republic of Viet-Nam|816|VNM
        YMD|Democratic Yemen|680|YEM
        YUG|Yugoslavia|345|BIH HRV MKD SCG SVN
        """;

    public static IEnumerable<CountryInfo> Read() => Rows.Split('\n')
        .Select(row => row.Split('|'))
        .Select(fields => new CountryInfo(
            fields[0],
            fields[1],
            int.Parse(fields[2], System.Globalization.CultureInfo.InvariantCulture),
            fields.Length > 3 ? [.. fields[3].Split(' ')] : []));
}
