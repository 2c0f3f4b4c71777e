using EarlyWarning.Risk.Observations;
using EarlyWarning.Risk.Thresholds;

namespace EarlyWarning.Risk.States;

/// <content>
/// How an input becomes moments. Live rows that are not older than the newest of their series are applied in the order of what they
/// observed, and each distinct moment is decided upon for itself, as if it had come alone; what time alone changes in between happens at
/// its own moment. So how a
/// sequence is cut into batches does not change what it warns of. A moment never lies before the last decision, nor after the input's
/// record.
/// </content>
internal sealed partial class CountryState
{
    private readonly Queue<InputSlice> _slices = new();
    private InputKind _input;

    /// <summary>The end of the input's last moment; what time alone changes up to it belongs to the input.</summary>
    private long _until;

    /// <summary>A moment of the input has begun, and its decision is not complete.</summary>
    private bool _begun;

    /// <summary>What the moment is that began last.</summary>
    private InputKind _moment;

    /// <summary>How many slices of the input have begun.</summary>
    private int _sliced;

    private DecisionMoment Moment => new(Country, Catalogue, InputPosition, _sliced, Clock, Recorded);

    private long Target => _slices.TryPeek(out var slice) ? slice.Moment : _until;

    /// <summary>
    /// Sorts rows into the moments at which they count. What is older than the newest of its series decides nothing. A backfill is one
    /// moment, that of the newest that it brings.
    /// </summary>
    private void Cut(ReadOnlySpan<ObservationRow> rows, long recorded, bool backfill)
    {
        var (news, count, inOrder) = (new ObservationRow[rows.Length], 0, true);
        foreach (ref readonly var row in rows)
        {
            if (row.Observed >= row.Series!.Observed)
            {
                inOrder &= count == 0 || news[count - 1].Observed <= row.Observed;
                news[count++] = row;
            }
        }

        // Nearly all come in order, and a sort takes three copies of them.
        news = inOrder ? news : [.. news.Take(count).OrderBy(row => row.Observed)];
        for (int from = 0, to; from < count; from = to)
        {
            to = backfill ? count : from + 1;
            while (to < count && news[to].Observed == news[from].Observed)
            {
                to++;
            }

            _until = Math.Max(_until, Math.Min(news[to - 1].Observed, recorded));
            _slices.Enqueue(new(_until, news.AsMemory(from, to - from), null));
        }
    }

    /// <summary>Begins the next moment of the input; <see langword="false"/> where all are done.</summary>
    /// <param name="deadline">When the next wait ends, as it is to be decided or was; <see cref="long.MaxValue"/> for none.</param>
    private bool NextStep(long deadline)
    {
        var target = Target;
        var alone = Math.Max(Clock, Math.Min(deadline, NextEnd(target)));
        if (alone <= target)
        {
            Step(alone, InputKind.Tick, default);
            return true;
        }

        if (!_slices.TryDequeue(out var slice))
        {
            return false;
        }

        _sliced++;
        Step(slice.Moment, _input, slice.Rows.Span);
        if (slice.Catalogue is { } revision)
        {
            TakeOver(revision);
        }

        return true;
    }

    /// <summary>The next moment at which a value stops counting; exact up to a moment, and maybe too early beyond.</summary>
    private long NextEnd(long upTo)
    {
        var next = long.MaxValue;
        foreach (var framework in Frameworks)
        {
            next = Math.Min(next, framework.FindNextEnd(Clock, upTo));
        }

        return next;
    }

    /// <summary>Applies one moment.</summary>
    private void Step(long moment, InputKind kind, ReadOnlySpan<ObservationRow> rows)
    {
        (Clock, _begun, _moment) = (Math.Max(Clock, moment), true, kind);
        foreach (var framework in Frameworks)
        {
            framework.Begin();
            framework.Expire(Clock);
        }

        foreach (ref readonly var row in rows)
        {
            if (row.Series!.Apply(row, InputPosition))
            {
                Use(row.Series, touch: kind != InputKind.Backfill);
            }
        }

        foreach (var framework in Frameworks)
        {
            framework.Finish(Clock);
        }

        Thresholds.Observe(Clock, restate: kind == InputKind.Backfill);
    }

    private void TakeOver(long revision)
    {
        Adopt(
            _catalogueAt(revision) is var catalogue && catalogue.Revision == revision ? catalogue : catalogue with { Revision = revision }
        );
        foreach (var framework in Frameworks)
        {
            framework.Finish(Clock);
        }
    }

    /// <summary>What an input brings at one moment: rows, or a catalogue.</summary>
    private readonly record struct InputSlice(long Moment, ReadOnlyMemory<ObservationRow> Rows, long? Catalogue);
}
