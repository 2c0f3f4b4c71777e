using EarlyWarning.Scoring.Engine.Fitting.Tables;

namespace EarlyWarning.Scoring.Engine.Fitting;

/// <summary>
/// The outcomes of earlier and later rows of the same group beside each row: by period where rows have one, else by the order of the table.
/// </summary>
internal sealed class ShiftedOutcomes
{
    public const sbyte Unknown = -1;

    private readonly int _furthest;
    private readonly sbyte[][] _shifted;
    private readonly sbyte[][] _within0;
    private readonly sbyte[][] _within1;

    public ShiftedOutcomes(TrainingTable table, int furthest)
    {
        _furthest = furthest;
        _shifted = [.. Enumerable.Range(0, (2 * furthest) + 1).Select(_ => Blank(table.RowCount))];
        Places = new GroupPlaces(table);
        foreach (var group in Places.Groups)
        {
            for (var i = 0; i < group.Length; i++)
            {
                At(0, group[i]) = Outcome(table, group[i]);
                for (var j = i + 1; j < group.Length && j - i <= furthest; j++)
                {
                    // The second of two rows of one period is passed over: it says nothing of time.
                    var distance = table.Periods[group[i]] is { } from && table.Periods[group[j]] is { } to ? (long)to - from : j - i;
                    if (distance < 1 || distance > furthest)
                        continue;
                    At((int)distance, group[i]) = Outcome(table, group[j]);
                    At(-(int)distance, group[j]) = Outcome(table, group[i]);
                }
            }
        }

        _within0 = Windows(table.RowCount, first: 0);
        _within1 = Windows(table.RowCount, first: 1);
    }

    /// <summary>Gets where the rows stand in their groups.</summary>
    public GroupPlaces Places { get; }

    /// <summary>The outcome so many rows ahead; behind for a negative number.</summary>
    public ReadOnlySpan<sbyte> At(int ahead) => _shifted[_furthest + ahead];

    /// <summary>Whether the event comes from so many rows ahead to so many; unknown where none is known and one is not.</summary>
    public ReadOnlySpan<sbyte> Within(int first, int last) => first == 0 ? _within0[last] : _within1[last];

    private static sbyte Outcome(TrainingTable table, int row) => table.Outcomes[row] ? (sbyte)1 : (sbyte)0;

    private static sbyte[] Blank(int count)
    {
        var blank = new sbyte[count];
        blank.AsSpan().Fill(Unknown);
        return blank;
    }

    private sbyte[][] Windows(int rows, int first)
    {
        var windows = new sbyte[_furthest + 1][];
        for (var last = 0; last <= _furthest; last++)
        {
            windows[last] = last < first ? Blank(rows) : At(last).ToArray();
            if (last <= first)
                continue;
            for (var row = 0; row < rows; row++)
            {
                var before = windows[last - 1][row];
                ref var now = ref windows[last][row];
                now =
                    before == 1 || now == 1 ? (sbyte)1
                    : before == Unknown || now == Unknown ? Unknown
                    : (sbyte)0;
            }
        }

        return windows;
    }

    private ref sbyte At(int ahead, int row) => ref _shifted[_furthest + ahead][row];
}
