using System.Globalization;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Tests.Infrastructure;

/// <summary>Countries as a suite lists them.</summary>
internal static class States
{
    /// <summary>Some that share codes and names with those that they continue.</summary>
    public static readonly Country[] Changed =
    [
        Of("DEU", "Germany", cow: "255", gw: "260"),
        Of("QYA", "Yemen Arab Republic", "1918-1990", cow: "678", names: ["Yemen"]),
        Of("YMD", "Democratic Yemen", "1967-1990", cow: "680", names: ["Yemen"]),
        Of("YEM", "Yemen", "1990-", cow: "679", gw: "678", predecessors: ["QYA", "YMD"]),
        Of("SUN", "Union of Soviet Socialist Republics", "1922-1991", cow: "365", names: ["Soviet Union", "Russia"]),
        Of("RUS", "Russian Federation", "1991-", cow: "365", names: ["Russia"]),
        Of("YUG", "Yugoslavia", "1918-2003", cow: "345"),
        Of("SCG", "Serbia and Montenegro", "2003-2006", cow: "345"),
        Of("SRB", "Serbia", "2006-", cow: "345", gw: "340"),
        Of("VDR", "Democratic Republic of Viet-Nam", "1945-1976", cow: "816"),
        Of("QVR", "Republic of Viet-Nam", "1954-1975", cow: "817"),
        Of("VNM", "Viet Nam", "1976-", cow: "816", predecessors: ["QVR", "VDR"]),
        Of("CIV", "Côte d'Ivoire", "1960-", cow: "437", names: ["Ivory Coast"], alpha2: "CI", m49: "384"),
        Of("NAM", "Namibia", "1990-", cow: "565", alpha2: "NA", m49: "516"),
        Of("VCT", "Saint Vincent and the Grenadines", "1979-", cow: "57", m49: "670"),
        Of("BRA", "Brazil", "1822-", alpha2: "BR", m49: "076"),
    ];

    /// <summary>Makes one; its Gleditsch-Ward number is its Correlates of War number unless it is said.</summary>
    public static Country Of(
        string code,
        string name,
        string years = "",
        string? cow = null,
        string? gw = null,
        string? alpha2 = null,
        string? m49 = null,
        string[]? names = null,
        string[]? predecessors = null
    )
    {
        var country = new Country
        {
            Code = code,
            DisplayName = name,
            Predecessors = { predecessors ?? [] },
        };
        foreach (
            var (system, value) in new[]
            {
                (CodeSystem.Alpha2, alpha2),
                (CodeSystem.M49, m49),
                (CodeSystem.Cow, cow),
                (CodeSystem.GleditschWard, gw ?? cow),
            }
        )
        {
            if (value is not null)
            {
                country.Codes.Add(new CountryCode { System = system, Value = value });
            }
        }

        country.Codes.Add((names ?? []).Select(other => new CountryCode { System = CodeSystem.Name, Value = other }));
        if (years.Split('-') is [var first, var last])
        {
            var span = new YearSpan { FirstYear = int.Parse(first, CultureInfo.InvariantCulture) };
            if (last.Length > 0)
            {
                span.LastYear = int.Parse(last, CultureInfo.InvariantCulture);
            }

            country.Years.Add(span);
        }

        return country;
    }
}
