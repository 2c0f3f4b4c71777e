using System.Globalization;
using System.Text.RegularExpressions;

namespace EarlyWarning.Catalogue.Tests.Frameworks;

/// <summary>What the default framework makes of twenty invented States, as its document says.</summary>
public sealed class ProfileTests
{
    private static readonly string s_document = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Frameworks", "README.md"));
    private static readonly IReadOnlyList<ProfileScore> s_places = ProfileScore.All(PackagedFramework.Risk);
    private static readonly IReadOnlyList<ProfileScore> s_resilience = ProfileScore.All(PackagedFramework.Resilience);

    public static TheoryData<Profile> Profiles => [.. Profile.All];

    [Theory]
    [MemberData(nameof(Profiles), DisableDiscoveryEnumeration = true)]
    public void Profile_UnderTheFramework_ComesOutAsTheDocumentSays(Profile profile)
    {
        var score = s_places.Single(place => place.Profile == profile);
        var expected = $"| {profile.Name} | {profile.Level}, {profile.Place} | ";
        var resilience = s_resilience.Single(one => one.Profile == profile).Score;
        var found =
            $" | {score.Level}, {Place(score)} | `{score.DecidedBy}` | {score.Score} | {score.Coverage} | `{score.Explained}` | "
            + $"{resilience} |";

        // Between the two stands what the first edition made of it, recorded when that was in force.
        Assert.True(
            Regex.IsMatch(s_document, $"^{Regex.Escape(expected)}[a-z]+, [a-z0-9]+{Regex.Escape(found)}$", RegexOptions.Multiline),
            $"The document must have this row:\n{expected}…{found}"
        );
    }

    [Fact]
    public void Profiles_LevelsAndPlaces_AgreeAsOftenAsTheDocumentSays()
    {
        var levels = s_places.Count(score => score.Level == score.Profile.Level);
        var distance = s_places
            .Where(score => score.Profile.Rank is not null)
            .Average(score => Math.Abs(int.Parse(Place(score), CultureInfo.InvariantCulture) - score.Profile.Rank!.Value));
        var sentence =
            $"{levels} of 20 levels are as expected, and a place differs by {distance.ToString("0.0", CultureInfo.InvariantCulture)} on "
            + $"average";
        Assert.True(s_document.Contains(sentence, StringComparison.Ordinal), $"The document must say: {sentence}");
    }

    [Fact]
    public void Profiles_TenOfTwenty_HaveGaps()
    {
        Assert.Equal(20, Profile.All.Count);
        Assert.Equal(10, Profile.All.Count(profile => profile.Unknown.Count > 0));
        var known = PackagedFramework.Risk.Leaves.Concat(PackagedFramework.Resilience.Leaves).Select(leaf => leaf.Code).ToHashSet();
        Assert.All(Profile.All, profile => Assert.All(profile.Named.Keys, code => Assert.Contains(code, known)));
        Assert.All(Profile.All, profile =>
            Assert.All(profile.Unknown, name =>
                Assert.Contains(known, code => code == name || code.StartsWith(name + '.', StringComparison.Ordinal))
            )
        );
    }

    [Fact]
    public void Profiles_HighOrSevere_AreExplainedByWhatIsDoneBeforeStructure() =>
        Assert.All(s_places.Where(score => score.Level is "high" or "severe"), score =>
        {
            var parts = new double[score.State.Framework.LeafCount];
            score.State.Contributions(parts);
            var first = Enumerable
                .Range(0, parts.Length)
                .OrderByDescending(leaf => parts[leaf])
                .Take(3)
                .Select(leaf => score.State.Framework.Leaves[leaf].Indicator);
            Assert.All(first, indicator => Assert.True(string.CompareOrdinal(indicator, "r07") > 0, $"{score.Profile.Name}: {indicator}"));
        });

    private static string Place(ProfileScore score) =>
        score.State.Score is null
            ? "none"
            : (s_places.TakeWhile(other => other != score).Count() + 1).ToString(CultureInfo.InvariantCulture);
}
