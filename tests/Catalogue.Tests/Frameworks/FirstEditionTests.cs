using System.Globalization;
using EarlyWarning.Catalogue.Files;

namespace EarlyWarning.Catalogue.Tests.Frameworks;

/// <summary>What the first edition makes of the profiles, as its table in the framework's document has it.</summary>
public sealed class FirstEditionTests
{
    private static readonly Dictionary<string, object> s_crosswalk = Profile.Read<Dictionary<string, object>>("first-edition.yaml");

    [Fact]
    public void Profiles_UnderTheFirstEdition_ComeOutAsTheTableSays()
    {
        var file = FrameworkFileReader.Read(FileFolder.Packaged, "atrocity-crimes.yaml");
        var places = ProfileScore.All(file, ValueOf);
        string[] rows = [.. Profile.All.Select(profile =>
        {
            var score = places.Single(place => place.Profile == profile);
            var place = score.State.Score is null ? "none" : (places.TakeWhile(other => other != score).Count() + 1).ToString(CultureInfo.InvariantCulture);
            return $"| {profile.Name} | {profile.Level} | {profile.Place} | {score.Level} by `{score.DecidedBy}` | {place} | {score.Score} | {score.Coverage} |";
        })];

        var document = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Frameworks", "README.md"));
        var table = string.Join('\n', rows);
        Assert.True(document.Contains(table, StringComparison.Ordinal), $"The document must have this table:\n{table}");
    }

    private static double? ValueOf(Profile profile, V1.Leaf leaf)
    {
        if (s_crosswalk[leaf.Indicator] is not string code)
        {
            return double.Parse((string)((Dictionary<object, object>)s_crosswalk[leaf.Indicator])[profile.On], CultureInfo.InvariantCulture);
        }

        var inverted = code[0] == '-';
        var name = inverted ? code[1..] : code;
        return profile.IsUnknown(name) ? null
            : !profile.Named.TryGetValue(name, out var value) ? ProfileScore.Calm(leaf)
            : inverted ? 4 - value : value;
    }
}
