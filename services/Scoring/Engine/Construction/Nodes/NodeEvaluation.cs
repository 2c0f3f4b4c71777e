using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Scoring.Engine.Construction.Nodes;

/// <summary>
/// One node over all units of a reference set, by the same rules as a live country's: what a missing child does, how much must be backed by
/// data, how a score stays on its scale.
/// </summary>
/// <param name="outlined">The node.</param>
/// <param name="bounds">Where its values can lie.</param>
/// <param name="floor">Where the framework's scale starts.</param>
/// <param name="ceiling">Where it ends.</param>
internal sealed class NodeEvaluation(OutlinedNode outlined, ElementRange bounds, double floor, double ceiling)
{
    /// <summary>So that shares which add up to a floor on paper meet it in floating point too.</summary>
    private const double Tolerance = 1e-12;

    private Node Node => outlined.Node;

    /// <summary>Computes the node.</summary>
    /// <param name="children">Its children as they count in it.</param>
    /// <param name="weights">Their weights.</param>
    /// <returns>Its scores on its own scale, with coverage and backing.</returns>
    public NodeColumns Over(NodeColumns[] children, double[] weights)
    {
        var units = children[0].Values.Length;
        var columns = new NodeColumns(new double[units], new double[units], new double[units]);
        var copeland = Node.Aggregation is Copeland ? CopelandOf(children) : null;
        var (values, there, shares) = (new double[children.Length], new double[children.Length], new double[children.Length]);
        for (var unit = 0; unit < units; unit++)
        {
            for (var i = 0; i < children.Length; i++)
                values[i] = Held(children[i].Values[unit]);
            var count = 0;
            for (var i = 0; i < children.Length; i++)
            {
                if (double.IsNaN(values[i]))
                    continue;
                there[count] = values[i];
                shares[count++] = weights[i];
            }

            Cover(unit, children, weights, columns);
            columns.Values[unit] = HasScore(unit, children, weights, values, columns.Backing[unit])
                ? Math.Clamp(ScoreOf(copeland, unit, values, weights, there.AsSpan(0, count), shares), bounds.Low, bounds.High)
                : double.NaN;
        }

        return columns;
    }

    /// <summary>The set as the node's method of Copeland compares with it.</summary>
    /// <param name="children">The children as they count in the node.</param>
    /// <returns>The table.</returns>
    public CopelandTable CopelandOf(NodeColumns[] children)
    {
        var units = children[0].Values.Length;
        var values = new double[units * children.Length];
        for (var unit = 0; unit < units; unit++)
        for (var i = 0; i < children.Length; i++)
            values[(unit * children.Length) + i] = Held(children[i].Values[unit]);
        return new CopelandTable(units, children.Length, values);
    }

    private static void Cover(int unit, NodeColumns[] children, double[] weights, NodeColumns columns)
    {
        double covered = 0,
            backed = 0,
            total = 0;
        for (var i = 0; i < children.Length; i++)
        {
            total += weights[i];
            covered += weights[i] * children[i].Coverage[unit];
            if (!double.IsNaN(children[i].Values[unit]))
                backed += weights[i] * children[i].Backing[unit];
        }

        columns.Coverage[unit] = covered / total;
        columns.Backing[unit] = backed / total;
    }

    private double Held(double value) => double.IsNaN(value) && Node.Missing is HoldValue { Value: var held } ? held : value;

    private bool HasScore(int unit, NodeColumns[] children, double[] weights, double[] values, double backing)
    {
        var (present, weight, complete) = (0, 0.0, true);
        for (var i = 0; i < children.Length; i++)
        {
            if (!double.IsNaN(children[i].Values[unit]))
                present++;
            if (!double.IsNaN(values[i]))
                weight += weights[i];
            else
                complete &= weights[i] == 0;
        }

        return weight > 0
            && Node.Missing switch
            {
                RenormaliseWeights rule => backing >= rule.CoverageFloor - Tolerance
                    && (double)present / children.Length >= rule.PresenceFloor - Tolerance,
                RefuseIncomplete => complete,
                _ => true,
            };
    }

    private double ScoreOf(
        CopelandTable? copeland,
        int unit,
        double[] values,
        double[] weights,
        ReadOnlySpan<double> there,
        ReadOnlySpan<double> shares
    )
    {
        if (copeland is null)
            return Averages.Of(Node.Aggregation, there, shares[..there.Length]);
        var count = copeland.Count(values, weights, unit);
        if (Node.Aggregation is Copeland { OwnScale: true })
            return count;
        double opponents = copeland.Units - 1;
        return floor + ((ceiling - floor) * ((count + opponents) / (2 * opponents)));
    }
}
