namespace EarlyWarning.EndToEnd.Tests.Structure;

/// <summary>What no part of the product uses is deleted: a test alone keeps nothing alive.</summary>
public sealed class ReachTests
{
    /// <summary>What is called in a way that the code does not name, and how; or by a test that holds what is around it.</summary>
    private static readonly Dictionary<string, string> s_called = new()
    {
        ["EarlyWarning.Access.Permissions.RpcRules.get_All"] = "By it every rpc of the contract is held to say what it takes.",
        ["EarlyWarning.Access.Roles.RoleConverter"] = "System.Text.Json makes it, as an attribute says.",
        ["EarlyWarning.Board.Status.Runbook.get_Subjects"] = "By it each subject of the status is held to lead to a section.",
        ["EarlyWarning.Risk.Lookup.BlockCache.get_Bytes"] = "By it the cache is held to its bound.",
        ["EarlyWarning.Scoring.Engine.Construction.Imputing.MultivariateNormal.get_LogLikelihoods"] =
            "By it no step of a fit is less likely than the one before.",
        ["EarlyWarning.Scoring.Engine.Fitting.ElasticNet.Fit"] = "One model of a path: by it fits are held to what glmnet finds.",
        ["EarlyWarning.Scoring.Engine.Uncertainty.Sobol.Analyse"] = "By it estimates are held to functions whose indices are known.",
        ["EarlyWarning.Scoring.Engine.Uncertainty.StateDistribution.Drawn"] = "By it what is made of draws is held to the draws.",
        ["EarlyWarning.Store.Committing.SuiteStore.RunAsync"] = "By it tests hold the committer up.",
    };

    /// <summary>What is found by its name alone, and by whom.</summary>
    private static readonly Dictionary<string, string> s_conventions = new()
    {
        ["InvokeAsync"] = "ASP.NET Core finds a middleware's step by this name.",
    };

    [Fact]
    public void Members_OfTheProduct_AreUsedByIt()
    {
        var read = Assemblies.Read(MemberUses.Of).Values;
        var declared = read.SelectMany(one => one.Declared).ToHashSet();
        var uses = read.SelectMany(one => one.Uses).Where(use => !IsWithin(use.By, use.Used)).ToList();
        HashSet<Part> unused = [];
        while (true)
        {
            var used = uses.Where(use => !IsDead(use.By, unused)).Select(use => use.Used).ToHashSet();
            var found = declared
                .Where(part => !used.Contains(part) && !s_called.ContainsKey($"{part}") && !s_conventions.ContainsKey(part.Member))
                .ToHashSet();
            if (found.SetEquals(unused))
            {
                break;
            }

            unused = found;
        }

        // A type is named once, not with each of its members.
        var named = unused
            .Where(part => part.Member.Length == 0 || !unused.Contains(part with { Member = "" }))
            .Select(part => $"{part}")
            .Order(StringComparer.Ordinal)
            .ToList();
        Assert.True(named.Count == 0, string.Join(Environment.NewLine, named));
    }

    [Fact]
    public void Members_CalledUnnamed_AreThereAndNotNamed()
    {
        var read = Assemblies.Read(MemberUses.Of).Values;
        var used = read.SelectMany(one => one.Uses).Where(use => !IsWithin(use.By, use.Used)).Select(use => $"{use.Used}").ToHashSet();
        var declared = read.SelectMany(one => one.Declared).Select(part => $"{part}").ToHashSet();

        Assert.All(s_called.Keys, name => Assert.True(declared.Contains(name) && !used.Contains(name), name));
    }

    // A member that calls itself, and a type that its own members name.
    private static bool IsWithin(Part by, Part used) =>
        used.Member.Length > 0 ? by == used : by.Type == used.Type || by.Type.StartsWith($"{used.Type}/", StringComparison.Ordinal);

    private static bool IsDead(Part by, HashSet<Part> unused) =>
        unused.Contains(by) || Outward(by.Type).Any(type => unused.Contains(new(type, "")));

    private static IEnumerable<string> Outward(string type)
    {
        for (var at = type; at.Length > 0; at = at[..Math.Max(0, at.LastIndexOf('/'))])
        {
            yield return at;
        }
    }
}
