namespace EarlyWarning.Cli.Tests.Infrastructure;

/// <summary>
/// A small index in COINr's form: five units, four indicators, two pillars and an index, with a denominator, a grouping and gaps.
/// </summary>
internal static class CoinrFiles
{
    public const string Meta = """
        "Level","iCode","iName","Direction","Weight","Unit","Target","Denominator","Parent","Type"
        1,"Roads","Length of roads",1,2,"km",90,"Area","Links","Indicator"
        1,"Ships","Calls at ports",1,1,"Number",40,,"Links","Indicator"
        1,"Dust","Dust in the air",-1,1,"µg",1.5,,"Life","Indicator"
        1,"Trees","Cover of trees",1,1,"Percent",80,NA,"Life","Indicator"
        2,"Links","Links",1,1,"Score",,,"Index","Aggregate"
        2,"Life","Life",1,3,"Score",,,"Index","Aggregate"
        3,"Index","All of it",1,1,"Score",,,,"Aggregate"
        ,"Side","Side of the sea",,,,,,,"Group"
        ,"Area","Area",,,"km2",,,,"Denominator"
        """;

    public const string Data = """
        uCode,uName,Side,Time,Area,Roads,Ships,Dust,Trees
        XAC,Celand,east,2020,10,50,7,3,20
        XAA,Aland,east,2020,20,60,NA,2,35.5
        XAB,Beland,west,2020,5,30,3,4,
        XZZ,Nowhere,west,2020,8,10,9,1.25,60
        XAD,Deland,NA,2020,4,20,1,5,10
        """;

    public static string[] Arguments(TemporaryFolder folder, string data = Data, string meta = Meta) =>
        ["--idata", folder.Write("iData.csv", data), "--imeta", folder.Write("iMeta.csv", meta)];
}
