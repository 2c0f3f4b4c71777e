using EarlyWarning.Catalogue.Tests.Infrastructure;

namespace EarlyWarning.Catalogue.Tests.Rules;

/// <summary>What is refused of a rule by which a country's level follows from several nodes.</summary>
public sealed class LevelRuleTests
{
    private const string Rule = "framework.level";
    private const string First = $"{Rule}.highest_of[0]";

    public static TheoryData<string, string, Action<V1.Framework>> Faults =>
        new()
        {
            { $"{Rule}.highest_of", "No node is named", f => f.Level.HighestOf.Clear() },
            { $"{First}.node", "There is no node 'none'", f => f.Level.HighestOf[0].Node = "none" },
            { $"{First}.node", "is the index, which decides", f => f.Level.HighestOf[0].Node = f.Composite.Root.Code },
            { $"{Rule}.highest_of[1].node", "is named twice", f => f.Level.HighestOf.Add(f.Level.HighestOf[0].Clone()) },
            { $"{First}.minimum_coverage", "above 0 and up to 1", f => f.Level.HighestOf[0].ClearMinimumCoverage() },
            { $"{First}.minimum_coverage", "above 0 and up to 1", f => f.Level.HighestOf[0].MinimumCoverage = 0 },
            { $"{First}.bands", "There are no bands", f => f.Level.HighestOf[0].Bands.Clear() },
            { $"{First}.bands[0].level", "none of the framework's levels", f => f.Level.HighestOf[0].Bands[0].Level = "purple" },
            {
                $"{First}.bands[1].level",
                "does not come after",
                f => f.Level.HighestOf[0].Bands[1].Level = f.Level.HighestOf[0].Bands[0].Level
            },
            { $"{First}.bands[1].lower_bound", "not above the bound before", f => f.Level.HighestOf[0].Bands[1].LowerBound = 0 },
            { $"{First}.bands[1].lower_bound", "not on the scale", f => f.Level.HighestOf[0].Bands[1].LowerBound = 100 },
        };

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public void Check_OneFault_SaysWhereAndWhat(string field, string message, Action<V1.Framework> spoil) =>
        FrameworkFaults.AssertOne(WithRule(), field, message, spoil);

    private static V1.Framework WithRule()
    {
        var framework = Sample.Constructed();
        var node = new V1.Node { Code = "inner", Children = { framework.Composite.Root.Children[0] } };
        framework.Composite.Root.Children[0] = node;
        framework.Level = new()
        {
            HighestOf =
            {
                new V1.LevelNode
                {
                    Node = "inner",
                    MinimumCoverage = 0.5,
                    Bands =
                    {
                        new V1.Band { Level = framework.Bands[0].Level, LowerBound = 0 },
                        new V1.Band { Level = framework.Bands[1].Level, LowerBound = 30 },
                    },
                },
            },
        };
        return framework;
    }
}
