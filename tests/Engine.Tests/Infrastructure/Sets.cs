using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Construction;
using EarlyWarning.Scoring.Engine.Construction.Transforms;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Engine.Tests.Infrastructure;

/// <summary>Short words for reference sets and frameworks over them.</summary>
internal static class Sets
{
    public const double NaN = double.NaN;

    /// <summary>Units A, B, C … with the given columns.</summary>
    public static ReferenceSet Of(params (string Code, double[] Values)[] columns) =>
        Of([.. Enumerable.Range(0, columns[0].Values.Length).Select(i => new ReferenceUnit(((char)('A' + i)).ToString()))], columns);

    public static ReferenceSet Of(ImmutableArray<ReferenceUnit> units, params (string Code, double[] Values)[] columns) =>
        new(
            units,
            [.. columns.Select(column => column.Code)],
            [.. Enumerable.Range(0, units.Length).SelectMany(unit => columns.Select(column => column.Values[unit]))]
        );

    /// <summary>One node over one leaf, so that the leaf's stages can be looked at alone.</summary>
    public static CompositeFramework One(
        double[] values,
        Normalisation? normalisation = null,
        Direction direction = Direction.Raises,
        Treatment? treatment = null,
        Imputation? imputation = null,
        double scaleFloor = 0
    ) =>
        Over(
            Of(("x", values)),
            [
                new Leaf
                {
                    Code = "x",
                    Direction = direction,
                    Normalisation = normalisation ?? new MinMax(),
                    Treatment = treatment,
                    Imputation = imputation,
                },
            ],
            scaleFloor
        );

    public static CompositeFramework Over(ReferenceSet set, Element[] children, double scaleFloor = 0) =>
        Trees.Framework(Trees.Node("index", new RenormaliseWeights(0), children), scaleFloor) with
        {
            Reference = set,
        };

    public static double[] Column(UnitTable table, string code) => table.Column(code).ToArray();

    public static double[] Normalised(CompositeFramework framework) => Column(IndexConstruction.Construct(framework).Normalised, "x");

    public static double[] Treated(double[] values, Treatment treatment) =>
        Column(IndexConstruction.Construct(One(values, treatment: treatment)).Treated, "x");

    /// <summary>The leaf's frozen function.</summary>
    public static Transform TransformOf(CompositeFramework framework) => Resolver.Resolve(framework).Transforms[0];

    public static void AssertNear(IReadOnlyList<double> expected, IReadOnlyList<double> actual, double relative = 1e-12)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i < expected.Count; i++)
        {
            var near = double.IsNaN(expected[i])
                ? double.IsNaN(actual[i])
                : Math.Abs(expected[i] - actual[i]) <= relative * Math.Max(1, Math.Abs(expected[i]));
            Assert.True(near, $"{i}: expected {expected[i]:R}, found {actual[i]:R}");
        }
    }
}
