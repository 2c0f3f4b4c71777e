using System.Globalization;

namespace EarlyWarning.EndToEnd.Tests.RealInput;

/// <summary>
/// Invented data in the form in which real models and their predictors are published, and the plain arithmetic of such a model.
/// </summary>
internal static class SmallWorld
{
    public const string Coefficients = """
        "Variables","Weights.for.1.year.forecast","Weights.for.2.year.forecast"
        "(Intercept)",-4.25,-3.125
        "unrest.ever",0.75,1.0625
        "population.ln",0.1875,0.21875
        "free.movement",-0.40625,0
        "growth",0,-2.5
        """;

    /// <summary>
    /// 900 is Australia, AUS in ISO 3166; 305 is Austria, which this file calls AUS as some do. 345 was Yugoslavia's number and is
    /// Serbia's. 265 is a State's that was none in 2021.
    /// </summary>
    public const string Predictors = """
        "country","OWNcode","COW","risk","unrest.ever","population.ln","free.movement","growth"
        "Austria","AUS",305,0.5,0,15.99,1,0.0457
        "Australia","AUL",900,0.5,0,17.06,1,0.0223
        "Serbia","SER",345,0.5,1,15.74,1,0.0753
        "Russia","RUS",365,0.5,1,18.79,0,0.0561
        "Yemen","YEM",679,0.5,1,17.31,0,-0.01
        "Germany (East)","GDR",265,0.5,0,16.64,0,0.0123
        "Atlantis","ATL",9999,0.5,1,12.5,0,0.5
        """;

    public const string Mapping = """
        layout: wide
        country: { column: COW, code: cow }
        time: { year: 2021 }
        known-at: { date: 2022-01-15 }
        source: small-world
        indicators: { except: [country, OWNcode, risk] }
        """;

    private static readonly Dictionary<string, string> s_codes = new()
    {
        ["305"] = "AUT",
        ["900"] = "AUS",
        ["345"] = "SRB",
        ["365"] = "RUS",
        ["679"] = "YEM",
    };

    /// <summary>Computes what the model of a column of weights gives each country, highest first.</summary>
    public static List<(string Country, double Probability)> Expected(string column)
    {
        var weights = Table(Coefficients).ToDictionary(row => row["Variables"], row => Number(row[column]));
        return
        [
            .. Table(Predictors)
                .Where(row => s_codes.ContainsKey(row["COW"]))
                .Select(row =>
                    (
                        s_codes[row["COW"]],
                        1
                            / (
                                1
                                + Math.Exp(
                                    -weights.Sum(weight => weight.Value * (weight.Key == "(Intercept)" ? 1 : Number(row[weight.Key])))
                                )
                            )
                    )
                )
                .OrderByDescending(one => one.Item2),
        ];
    }

    private static List<Dictionary<string, string>> Table(string csv)
    {
        var lines = csv.Split('\n').Select(line => line.Split(',').Select(cell => cell.Trim('"')).ToArray()).ToList();
        return [.. lines.Skip(1).Select(cells => lines[0].Zip(cells).ToDictionary(pair => pair.First, pair => pair.Second))];
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
