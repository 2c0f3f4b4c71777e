using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Construction.Nodes;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Scoring.Engine.Construction.Analysis;

/// <summary>What a composite indicator's parts have to do with each other. Source: OECD and JRC, Handbook (2008), steps 4 and 8.</summary>
public static class IndexAnalysis
{
    /// <summary>
    /// Correlates elements with elements, over the units that have both: indicators by their normalised values, nodes by their scores.
    /// COINr's get_corr, without its blanking of what is not significant.
    /// </summary>
    /// <param name="index">The built framework.</param>
    /// <param name="rows">The codes of the rows, such as those of a level; see <see cref="FrameworkLevels.CodesAt"/>.</param>
    /// <param name="columns">The codes of the columns.</param>
    /// <param name="kind">Which correlation.</param>
    /// <returns>A table of rows by columns; NaN where an element does not vary.</returns>
    /// <exception cref="ArgumentException">There is no such element.</exception>
    public static UnitTable Correlate(
        ConstructedIndex index,
        IReadOnlyList<string> rows,
        IReadOnlyList<string> columns,
        CorrelationKind kind = CorrelationKind.Pearson
    )
    {
        ArgumentNullException.ThrowIfNull(index);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(columns);
        var values = columns.Select(column =>
            rows.Select(row => CorrelationSearch.Of(kind, ColumnOf(index, row), ColumnOf(index, column))).ToArray()
        );
        return new UnitTable([.. rows], [.. columns], [.. values]);
    }

    /// <summary>
    /// Cronbach's alpha: how far elements measure one thing, from 0 (or below) to 1. It is k² · (mean covariance) / (sum of all
    /// covariances), each of the units that have both. Source: L. J. Cronbach, "Coefficient alpha and the internal structure of tests",
    /// Psychometrika 16 (1951); COINr's
    /// get_cronbach.
    /// </summary>
    /// <param name="table">A stage of a <see cref="ConstructedIndex"/>.</param>
    /// <param name="codes">Two or more of its columns.</param>
    /// <returns>The coefficient.</returns>
    /// <exception cref="ArgumentException">There are fewer than two columns, or one is not there.</exception>
    public static double CronbachAlpha(UnitTable table, IReadOnlyList<string> codes)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(codes);
        if (codes.Count < 2)
            throw new ArgumentException("Alpha compares two columns or more.", nameof(codes));
        double all = 0,
            between = 0,
            count = codes.Count;
        for (var i = 0; i < codes.Count; i++)
        {
            for (var j = 0; j < codes.Count; j++)
            {
                var covariance = Correlations.Covariance(table.Column(codes[i]), table.Column(codes[j]));
                if (double.IsNaN(covariance))
                    continue;
                all += covariance;
                if (i != j)
                    between += covariance;
            }
        }

        return count * count * (between / (count * (count - 1))) / all;
    }

    /// <summary>
    /// The share of every element in the index: the product of the normalised weights on its way to the root, which is 1. COINr's
    /// get_eff_weights. It is what an arithmetic index gives the element; other aggregations let it count for more or less.
    /// </summary>
    /// <param name="index">The built framework.</param>
    /// <returns>Each element's share, by code.</returns>
    public static ImmutableDictionary<string, double> EffectiveWeights(ConstructedIndex index)
    {
        ArgumentNullException.ThrowIfNull(index);
        var shares = ImmutableDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        Visit(index.Framework.Root, 1);
        return shares.ToImmutable();

        void Visit(Element element, double share)
        {
            shares[element.Code] = share;
            if (element is not Node node)
                return;
            foreach (var child in node.Children)
                Visit(child, share * index.Weights[child.Code]);
        }
    }

    private static ReadOnlySpan<double> ColumnOf(ConstructedIndex index, string code) =>
        index.Normalised.Has(code) ? index.Normalised.Column(code) : index.Nodes.Column(code);
}
