using EarlyWarning.Cli.Importing;
using EarlyWarning.Cli.Tests.Infrastructure;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Cli.Tests.Importing;

public class CountryKeysTests
{
    [Theory]
    [InlineData("gw", "678", 2024, "YEM")]
    [InlineData("gw", "678", 1990, "YEM")]
    [InlineData("gw", "678", 1989, "QYA")]
    [InlineData("gw", "260", 2024, "DEU")]
    [InlineData("gw", "340", 2024, "SRB")]
    [InlineData("gw", "345", 1995, "YUG")]
    [InlineData("cow", "345", 2003, "SCG")]
    [InlineData("cow", "345", 2006, "SRB")]
    [InlineData("cow", "365", 1991, "RUS")]
    [InlineData("cow", "365", 1990, "SUN")]
    [InlineData("m49", "76", 2020, "BRA")]
    [InlineData("alpha2", "br", 2020, "BRA")]
    [InlineData("alpha2", "NA", 2020, "NAM")]
    [InlineData("alpha3", "yem", 2020, "YEM")]
    [InlineData("iso3", "YEM", 2020, "YEM")]
    [InlineData("iso2", "BR", 2020, "BRA")]
    [InlineData("name", "Ivory Coast", 2020, "CIV")]
    [InlineData("name", "COTE D’IVOIRE", 2020, "CIV")]
    [InlineData("name", "St. Vincent & Grenadines", 2020, "VCT")]
    [InlineData("name", "Russia", 1970, "SUN")]
    [InlineData("name", "Russia", 2020, "RUS")]
    [InlineData("name", "Yemen", 1990, "YEM")]
    public void Find_CodeOrNameInAYear_IsTheStateOfThatYear(string system, string key, int year, string code) =>
        Assert.Equal(code, Find(system, key, year));

    [Theory]
    [InlineData("cow", "678", 2024, "OUTSIDE_STATE_YEARS", "By Gleditsch and Ward it is Yemen (YEM): then say `code: gw`.")]
    [InlineData("cow", "260", 2024, "UNKNOWN_COUNTRY", "By Gleditsch and Ward it is Germany (DEU): then say `code: gw`.")]
    [InlineData("gw", "679", 2024, "UNKNOWN_COUNTRY", "By the Correlates of War it is Yemen (YEM): then say `code: cow`.")]
    [InlineData("gw", "345", 2024, "OUTSIDE_STATE_YEARS", "By the Correlates of War it is Serbia (SRB): then say `code: cow`.")]
    [InlineData("alpha3", "YEM", 1985, "OUTSIDE_STATE_YEARS", "In 1985 there was Yemen Arab Republic (QYA) or Democratic Yemen (YMD).")]
    [InlineData("alpha3", "Brazil", 2020, "UNKNOWN_COUNTRY", "Is it Brazil (BRA)?")]
    [InlineData("name", "Yemen", 1985, "UNKNOWN_COUNTRY", "means Yemen Arab Republic (QYA) or Democratic Yemen (YMD) in 1985")]
    [InlineData("name", "Rep. of Namibia", 2020, "UNKNOWN_COUNTRY", "Is it Namibia (NAM)?")]
    [InlineData(
        "name",
        "Atlantis",
        2020,
        "UNKNOWN_COUNTRY",
        "'Atlantis' is not the name of a country that the suite knows. `ew countries` lists them"
    )]
    public void Find_NoneOrSeveralInAYear_IsRefusedWithWhatMayBeMeant(string system, string key, int year, string reason, string words)
    {
        var refused = Assert.Throws<RowException>(() => Find(system, key, year));

        Assert.Equal(reason, refused.Reason);
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_MeaningOfTheFilesOwn_ComesFirst()
    {
        var keys = new CountryKeys(
            new()
            {
                Code = "cow",
                Map = { ["345"] = "SCG" },
                Formerly =
                {
                    new()
                    {
                        Code = "345",
                        Until = 1950,
                        Country = "YUG",
                    },
                },
            },
            States.Changed
        );

        Assert.Equal("YUG", keys.Find("345", "c", At(1950)));
        Assert.Equal("SCG", keys.Find("345", "c", At(2020)));
    }

    [Theory]
    [InlineData("alpha3", "YEM", 1985, "YEM")]
    [InlineData("cow", "678", 2024, "QYA")]
    [InlineData("gw", "345", 1995, "YUG")]
    public void Find_InATableOfWhichNothingIsRecorded_IsWhatTheKeyMeansAtAll(string system, string key, int year, string code) =>
        Assert.Equal(code, new CountryKeys(new() { Code = system }, States.Changed) { InAnyYear = true }.Find(key, "c", At(year)));

    private static string Find(string system, string key, int year) =>
        new CountryKeys(new() { Code = system }, States.Changed).Find(key, "c", At(year));

    private static Timestamp At(int year) => Timestamp.FromDateTime(new DateTime(year, 12, 31, 0, 0, 0, DateTimeKind.Utc));
}
