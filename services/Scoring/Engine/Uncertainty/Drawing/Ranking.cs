namespace EarlyWarning.Scoring.Engine.Uncertainty.Drawing;

/// <summary>Ranks countries by score: 1 for the highest, tied ones the best of their ranks, as COINr's rank_df. Keeps its memory.</summary>
/// <param name="countries">The most countries.</param>
internal sealed class Ranking(int countries)
{
    private readonly double[] _turned = new double[countries];
    private readonly int[] _order = new int[countries];

    /// <summary>Gets room for the scores of one draw.</summary>
    public double[] Scores { get; } = new double[countries];

    /// <summary>Gets the ranks by country; 0 for one without a score.</summary>
    public int[] Ranks { get; } = new int[countries];

    /// <summary>Ranks <see cref="Scores"/>, of which NaN stands for none.</summary>
    public void Run()
    {
        var count = 0;
        for (var country = 0; country < Scores.Length; country++)
        {
            Ranks[country] = 0;
            if (double.IsNaN(Scores[country])) continue;
            (_turned[count], _order[count]) = (-Scores[country], country);
            count++;
        }

        _turned.AsSpan(0, count).Sort(_order.AsSpan(0, count));
        for (var place = 0; place < count; place++)
        {
            var isTied = place > 0 && _turned[place] == _turned[place - 1];
            Ranks[_order[place]] = isTied ? Ranks[_order[place - 1]] : place + 1;
        }
    }
}
