using System.Collections.Frozen;

namespace EarlyWarning.Board.World;

/// <summary>The five regions of the United Nations' standard M49, by which countries are filtered and tiles grouped. Immutable.</summary>
internal static class Regions
{
    private const string Africa =
        "AGO BDI BEN BFA BWA CAF CIV CMR COD COG COM CPV DJI DZA EGY ERI ESH ETH GAB GHA GIN GMB GNB GNQ IOT KEN LBR LBY LSO MAR MDG MLI "
        + "MOZ MRT MUS MWI MYT NAM NER NGA REU RWA SDN SEN SHN SLE SOM SSD STP SWZ SYC TCD TGO TUN TZA UGA ZAF ZMB ZWE QZA";
    private const string Americas =
        "ABW AIA ANT ARG ATG BES BHS BLM BLZ BMU BOL BRA BRB BVT CAN CHL COL CRI CUB CUW CYM DMA DOM ECU FLK GLP GRD GRL GTM GUF GUY HND "
        + "HTI JAM KNA LCA MAF MEX MSR MTQ NIC PAN PER PRI PRY SGS SLV SPM SUR SXM TCA TTO URY USA VCT VEN VGB VIR";
    private const string Asia =
        "AFG ARE ARM AZE BGD BHR BRN BTN CHN CYP GEO HKG IDN IND IRN IRQ ISR JOR JPN KAZ KGZ KHM KOR KWT LAO LBN LKA MAC MDV MMR MNG MYS "
        + "NPL OMN PAK PHL PRK PSE QAT SAU SGP SYR THA TJK TKM TLS TUR TWN UZB VNM YEM QVR QYA YMD";
    private const string Europe =
        "ALA ALB AND AUT BEL BGR BIH BLR CHE CZE DEU DNK ESP EST FIN FRA FRO GBR GGY GIB GRC HRV HUN IMN IRL ISL ITA JEY LIE LTU LUX LVA "
        + "MCO MDA MKD MLT MNE NLD NOR POL PRT ROU RUS SJM SMR SRB SVK SVN SWE UKR VAT XKX CSK DDR SCG SUN YUG";
    private const string Oceania =
        "ASM ATF AUS CCK COK CXR FJI FSM GUM HMD KIR MHL MNP NCL NFK NIU NRU NZL PCN PLW PNG PYF SLB TKL TON TUV UMI VUT WLF WSM";

    private static readonly FrozenDictionary<string, string> s_byCountry = new (string Region, string Countries)[]
    {
        ("africa", Africa),
        ("americas", Americas),
        ("asia", Asia),
        ("europe", Europe),
        ("oceania", Oceania),
    }
        .SelectMany(one => one.Countries.Split(' ').Select(country => KeyValuePair.Create(country, one.Region)))
        .ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Gets the regions' ids, in the order in which they are shown.</summary>
    public static IReadOnlyList<string> All { get; } = ["africa", "americas", "asia", "europe", "oceania"];

    /// <summary>The region of a country; empty for one that lies in none, as invented ones do.</summary>
    public static string Of(string country) => s_byCountry.GetValueOrDefault(country, "");
}
