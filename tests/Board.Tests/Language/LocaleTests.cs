using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using EarlyWarning.Board.Language;
using EarlyWarning.Board.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;

namespace EarlyWarning.Board.Tests.Language;

public sealed partial class LocaleTests : IDisposable
{
    public void Dispose() => Locale.Current = Locale.English;

    [Fact]
    public void Languages_HaveTheSameWords()
    {
        var english = All(Locale.English.Words).Keys.ToHashSet();

        Assert.All(Locale.All, one =>
            Assert.Equal([], All(one.Words).Keys.ToHashSet().Except(english).Concat(english.Except(All(one.Words).Keys)))
        );
    }

    [Fact]
    public void Languages_PutTheSameThingsIntoTheirSentences()
    {
        var english = All(Locale.English.Words);

        Assert.All(Locale.All.SelectMany(one => All(one.Words)), one =>
            Assert.True(Places(one.Value).SetEquals(Places(english[one.Key])), $"{one.Key}: {one.Value}")
        );
    }

    [Fact]
    public void French_SetsItsSpacesBeforeMarks()
    {
        var said = All(Locale.French.Words).Where(one => !one.Key.StartsWith("moment", StringComparison.Ordinal));

        Assert.DoesNotContain(said, one => Loose().IsMatch(one.Value) || one.Value.Contains('\''));
    }

    [Theory]
    [InlineData("fr-CA,fr;q=0.9,en;q=0.8", null, "fr")]
    [InlineData("de,en;q=0.5,fr;q=0.7", null, "fr")]
    [InlineData("fr;q=0,de", null, "en")]
    [InlineData("fr", "en", "en")]
    [InlineData("en", "fr", "fr")]
    [InlineData("en", "tlh", "en")]
    [InlineData("", null, "en")]
    [InlineData(";;q=,", null, "en")]
    public void Of_ARequest_IsTheChoiceAndElseTheFirstThatIsAskedForAndThere(string asked, string? chosen, string expected)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.AcceptLanguage = asked;
        request.Headers.Cookie = chosen is null ? "" : $"lang={chosen}";

        Assert.Equal(expected, Locale.Of(request).Code);
    }

    [Fact]
    public void French_WritesFiguresAndMomentsItsOwnWay()
    {
        Locale.Current = Locale.French;

        Assert.Equal("4 août 2026, 03:06 UTC", Number.Moment(new(2026, 8, 4, 5, 6, 7, TimeSpan.FromHours(2)), Known.Now.AddYears(1)));
        Assert.Equal("1,5", Number.Value(1.5));
        Assert.Equal("en retard de 2 j 3 h", Number.Left(-new TimeSpan(2, 3, 4, 5)));
        Assert.Equal("0 réponse attendue", Words.Count("owed", 0));
        Assert.Equal("2 réponses attendues", Words.Count("owed", 2));
    }

    [Fact]
    public void Names_OfCountriesAndLevels_AreTheReadersOwnOrElseTheSuites()
    {
        Assert.Equal("Chad", Words.Land("TCD", "Chad"));

        Locale.Current = Locale.French;

        Assert.Equal("Tchad", Words.Land("TCD", "Chad"));
        Assert.Equal("Xanadu", Words.Land("XAA", "Xanadu"));
        Assert.Equal(("élevé", "of its own"), (Words.LevelName("high"), Words.LevelName("of its own")));
    }

    [Fact]
    public void NameFromTheRight_InASentence_StandsForItself()
    {
        Assert.Equal("New emergency: \u2068مصر\u2069, a rise.", Words.Say("said.emergency", "مصر", "a rise"));
    }

    [Theory]
    [InlineData("Éthiopie", "ethio", true)]
    [InlineData("Côte d’Ivoire", "cote d'i", true)]
    [InlineData("Türkiye", "TÜRK", true)]
    [InlineData("Chad", "tchad", false)]
    [InlineData("Chad", "", true)]
    public void Has_AsPeopleType_LooksPastMarksAndCapitals(string name, string text, bool expected) =>
        Assert.Equal(expected, NameSearch.Has(name, text));

    private static Dictionary<string, string> All(ResourceManager file) =>
        file.GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: false)!
            .Cast<DictionaryEntry>()
            .ToDictionary(one => (string)one.Key, one => (string)one.Value!);

    private static HashSet<string> Places(string text) => [.. Place().Matches(text).Select(one => one.Value)];

    [GeneratedRegex(@"\{\d+\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"[\p{L}\d}] [:;?!]|\p{L}[;?!]")]
    private static partial Regex Loose();
}
