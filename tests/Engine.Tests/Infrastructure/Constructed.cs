using EarlyWarning.Scoring.Engine.Construction;

namespace EarlyWarning.Engine.Tests.Infrastructure;

/// <summary>Single values of what was constructed.</summary>
internal static class Constructed
{
    public static double At(this UnitTable table, int unit, int column) => table.Column(table.Codes[column])[unit];

    public static double[] Scores(this ConstructedIndex built) => built.Nodes.Column(built.Framework.Root.Code).ToArray();
}
