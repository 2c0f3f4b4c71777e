using EarlyWarning.Store.Migrations;

namespace EarlyWarning.Host.Cluster;

/// <summary>The tables by which processes of one suite find and trust each other.</summary>
internal static class ClusterTables
{
    /// <summary>Gets the steps that bring them to their form.</summary>
    public static IReadOnlyList<Migration> Migrations { get; } = Migration.Of("cluster", typeof(ClusterTables).Assembly);
}
