using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Scoring.Engine.Construction.Nodes;

/// <summary>
/// The first principal component of variables that are centred and scaled to unit variance: the eigenvector of their correlation matrix
/// that belongs to the greatest eigenvalue. Source: OECD and JRC, Handbook (2008), section 6.2; COINr's get_PCA.
/// </summary>
internal static class PrincipalComponent
{
    /// <summary>The fewest complete units that make a correlation anything but ±1.</summary>
    public const int FewestUnits = 3;

    /// <summary>A loading below this is rounding, and two eigenvalues nearer than this are the same.</summary>
    private const double Rounding = 1e-10;

    /// <summary>Computes the loadings, or says why they are no weights.</summary>
    /// <param name="children">The variables; units that miss one are left out.</param>
    /// <param name="codes">Their codes.</param>
    /// <returns>The loadings divided by their sum; or the reason and the way out.</returns>
    public static (double[]? Weights, string Reason, string Fix) Weights(NodeColumns[] children, string[] codes)
    {
        const string OtherWeights = "Give the weights, or move what runs against the others to a node of its own or turn its direction.";
        if (children.Length == 1)
            return ([1], "", "");
        var complete = Enumerable
            .Range(0, children[0].Values.Length)
            .Where(unit => Array.TrueForAll(children, child => !double.IsNaN(child.Values[unit])))
            .ToArray();
        if (complete.Length < FewestUnits)
            return (
                null,
                $"Only {complete.Length} units of the reference set have every child, and a component needs {FewestUnits}.",
                "Impute first, or give the weights."
            );
        var columns = Array.ConvertAll(children, child => Array.ConvertAll(complete, unit => child.Values[unit]));
        var flat = Array.FindIndex(columns, column => !(SampleMoments.Deviation(column) > 0));
        if (flat >= 0)
            return (
                null,
                $"\"{codes[flat]}\" does not vary over the complete units of the reference set.",
                "Leave it out, or give the weights."
            );

        var matrix = new double[children.Length * children.Length];
        for (var i = 0; i < children.Length; i++)
        {
            matrix[(i * children.Length) + i] = 1;
            for (var j = 0; j < i; j++)
                matrix[(i * children.Length) + j] = matrix[(j * children.Length) + i] = Correlations.Pearson(columns[i], columns[j]);
        }

        var eigen = new SymmetricEigen(matrix, children.Length);
        if (eigen.Values[0] - eigen.Values[1] < Rounding)
            return (null, "The children have two first components of the same size, so that no direction is the first.", OtherWeights);
        var loadings = eigen.Vectors[0];
        var sum = loadings.Sum();
        var negative = Array.FindIndex(loadings, loading => loading * Math.Sign(sum) < -Rounding);
        return negative < 0
            ? (Array.ConvertAll(loadings, loading => Math.Max(0, loading / sum)), "", "")
            : (null, $"The loading of \"{codes[negative]}\" runs against the others' and would be a weight below 0.", OtherWeights);
    }
}
