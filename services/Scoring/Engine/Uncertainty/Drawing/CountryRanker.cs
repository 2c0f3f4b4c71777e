namespace EarlyWarning.Scoring.Engine.Uncertainty.Drawing;

/// <summary>
/// Ranks countries by level and then by score: 1 for the highest, tied ones the best of their ranks, as COINr's rank_df. Keeps its memory.
/// </summary>
/// <param name="countries">The most countries.</param>
internal sealed class CountryRanker(int countries)
{
    private readonly Place[] _places = new Place[countries];
    private readonly int[] _order = new int[countries];

    /// <summary>Gets room for the scores of one draw.</summary>
    public double[] Scores { get; } = new double[countries];

    /// <summary>Gets room for the levels of one draw; all the same where they follow from the scores.</summary>
    public int[] Levels { get; } = new int[countries];

    /// <summary>Gets the ranks by country; 0 for one without a score.</summary>
    public int[] Ranks { get; } = new int[countries];

    /// <summary>Takes over one draw of all countries.</summary>
    /// <param name="drawn">The draws.</param>
    /// <param name="draw">Which.</param>
    public void Take(DrawnScores drawn, int draw)
    {
        for (var country = 0; country < Scores.Length; country++)
        {
            Scores[country] = drawn.Scores[country][draw];
            if (drawn.Levels is { } levels)
                Levels[country] = levels[country][draw];
        }
    }

    /// <summary>Ranks <see cref="Scores"/>, of which NaN stands for none.</summary>
    public void Run()
    {
        var count = 0;
        for (var country = 0; country < Scores.Length; country++)
        {
            Ranks[country] = 0;
            if (double.IsNaN(Scores[country]))
                continue;
            (_places[count], _order[count]) = (new Place(Levels[country], Scores[country]), country);
            count++;
        }

        _places.AsSpan(0, count).Sort(_order.AsSpan(0, count));
        for (var place = 0; place < count; place++)
        {
            var isTied = place > 0 && _places[place].CompareTo(_places[place - 1]) == 0;
            Ranks[_order[place]] = isTied ? Ranks[_order[place - 1]] : place + 1;
        }
    }

    /// <summary>Where a country stands; the highest first.</summary>
    private readonly record struct Place(int Level, double Score) : IComparable<Place>
    {
        public int CompareTo(Place other) => Level != other.Level ? other.Level.CompareTo(Level) : other.Score.CompareTo(Score);
    }
}
