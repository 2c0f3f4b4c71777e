namespace EarlyWarning.Scoring.Engine.Compilation;

/// <summary>One side of a comparison: a state, or a baseline, by slot and by node.</summary>
internal sealed class Side(Layout layout)
{
    /// <summary>Gets the terms that count, the held ones too; NaN for those left out.</summary>
    public double[] Terms { get; } = new double[layout.SlotCount];

    /// <summary>Gets the nodes' values on the scale of addition.</summary>
    public double[] Linears { get; } = new double[layout.NodePlans.Length];

    /// <summary>Gets the nodes' scores.</summary>
    public double[] Scores { get; } = new double[layout.NodePlans.Length];

    /// <summary>
    /// Takes a state over: every leaf at its mean, and the children that are there standing for missing ones, without the half count
    /// towards the middle.
    /// </summary>
    /// <param name="terms">The state's terms.</param>
    /// <param name="scores">Its aggregates, of which those that are NaN stay so.</param>
    /// <param name="row">The country's row in the reference set; −1 for none.</param>
    public void Fill(ReadOnlySpan<double> terms, ReadOnlySpan<double> scores, int row)
    {
        for (var node = 0; node < Scores.Length; node++)
        {
            var plan = layout.NodePlans[node];
            for (var slot = plan.First; slot < plan.End; slot++)
            {
                var occupant = layout.Occupants[slot];
                if (double.IsNaN(terms[slot]))
                    Terms[slot] = layout.Holds[slot];
                else
                    Terms[slot] = occupant < 0 ? terms[slot] : plan.TermOf(layout.Counted(occupant, Scores[occupant]));
            }

            var hasScore = !double.IsNaN(scores[node]);
            Linears[node] = hasScore ? Aggregator.Linear(layout, plan, Terms.AsSpan(plan.First, plan.End - plan.First), row) : double.NaN;
            Scores[node] = hasScore ? plan.ScoreOf(Linears[node]) : double.NaN;
        }
    }

    /// <summary>Works a baseline out.</summary>
    /// <param name="baseline">Which.</param>
    /// <param name="state">The state whose gaps it takes on.</param>
    /// <param name="row">The country's row in the reference set; −1 for none.</param>
    public void Fill(Baseline baseline, Side state, int row)
    {
        var values = baseline == Baseline.ReferenceMean ? layout.ReferenceMean! : layout.LeastRisk;
        for (var node = 0; node < Scores.Length; node++)
        {
            var plan = layout.NodePlans[node];

            // Where a value is held for a node without a score, it replaces the whole of the node, so there are no gaps to take on.
            var gaps = !double.IsNaN(state.Scores[node]) ? state.Terms : null;
            for (var slot = plan.First; slot < plan.End; slot++)
            {
                var occupant = layout.Occupants[slot];
                var value = occupant < 0 ? values[slot] : layout.Counted(occupant, Scores[occupant]);
                Terms[slot] = gaps is not null && double.IsNaN(gaps[slot]) ? double.NaN : plan.TermOf(value);
            }

            Linears[node] = Aggregator.Linear(layout, plan, Terms.AsSpan(plan.First, plan.End - plan.First), row);
            Scores[node] = plan.ScoreOf(Linears[node]);
        }
    }
}
