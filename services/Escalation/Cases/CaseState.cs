using System.Collections.Immutable;
using EarlyWarning.Escalation.Journal;
using Google.Protobuf;

namespace EarlyWarning.Escalation.Cases;

/// <summary>
/// A case as it stands. Nothing of it is changed once it is here, and a later state shares what did not change: a case may be watched for years and
/// collect thousands of entries.
/// </summary>
/// <param name="Head">The public form without entries and breaches.</param>
/// <param name="Entries">What happened, oldest first.</param>
/// <param name="Marks">The breaches, in the order in which they came.</param>
/// <param name="Internals">What else the case knows; the breaches are not in it.</param>
internal sealed record CaseState(V1.Case Head, ImmutableList<V1.CaseEntry> Entries, ImmutableList<BreachMark> Marks, CaseInternals Internals)
{
    /// <summary>How many entries and breaches a case carries at the most where it is not asked for alone.</summary>
    public const int Newest = 100;

    /// <summary>No case yet.</summary>
    public static CaseState None { get; } = new(new(), [], [], new());

    /// <summary>The public form with everything.</summary>
    public V1.Case Whole => Tell(int.MaxValue);

    /// <summary>The public form with the newest entries and breaches, for lists, watches and events, which must not grow without end.</summary>
    public V1.Case Brief => field ??= Tell(Newest);

    /// <summary>When something is due; <see langword="null"/> where nothing is.</summary>
    public DateTimeOffset? Due => Head.DueTime?.ToDateTimeOffset();

    /// <summary>Open cases take further breaches of their cause.</summary>
    public bool IsOpen => Head.CloseTime is null;

    /// <summary>What is known of a breach of the case.</summary>
    public BreachMark? Breach(string name) => Marks.FirstOrDefault(mark => mark.Name == name);

    /// <summary>The case after this one as a journalled change.</summary>
    public CaseChange ChangeTo(CaseState next)
    {
        var internals = next.Internals.Clone();
        internals.Breaches.Add(Marks.Zip(next.Marks).Where(pair => !ReferenceEquals(pair.First, pair.Second)).Select(pair => pair.Second));
        internals.Breaches.Add(next.Marks.GetRange(Marks.Count, next.Marks.Count - Marks.Count));
        return new()
        {
            Case = next.Head.ToByteString(),
            NewEntries = { next.Entries.GetRange(Entries.Count, next.Entries.Count - Entries.Count).Select(entry => entry.ToByteString()) },
            EntryCount = next.Entries.Count,
            BreachCount = next.Marks.Count,
            Internals = internals,
        };
    }

    /// <summary>The case after a change of this one.</summary>
    public CaseState After(CaseChange change)
    {
        var (head, internals) = (HeadOf(change, out _), change.Internals.Clone());
        var marks = Marks.ToBuilder();
        foreach (var mark in internals.Breaches)
        {
            var place = marks.FindIndex(known => known.Name == mark.Name);
            if (place < 0)
            {
                marks.Add(mark);
            }
            else
            {
                marks[place] = mark;
            }
        }

        internals.Breaches.Clear();
        var entries = First(Entries, change.EntryCount - change.NewEntries.Count).AddRange(change.NewEntries.Select(entry => V1.CaseEntry.Parser.ParseFrom(entry)));
        return new(head, entries, marks.ToImmutable(), internals);
    }

    /// <summary>The case as it was after an earlier change of it. Entries and breaches only ever grow, so those of the past are the first ones of today.</summary>
    public CaseState Before(CaseChange change)
    {
        var head = HeadOf(change, out var breaches);
        return new(head, First(Entries, change.EntryCount), First(Marks, breaches), change.Internals);
    }

    /// <summary>The order of a case's breaches in public: newest first.</summary>
    public static IOrderedEnumerable<BreachMark> NewestFirst(IEnumerable<BreachMark> marks) => marks
        .OrderByDescending(mark => mark.FireTime).ThenByDescending(mark => mark.Position).ThenBy(mark => mark.Name, StringComparer.Ordinal);

    /// <summary>Entries of earlier builds name all breaches in the case, and count none.</summary>
    private static V1.Case HeadOf(CaseChange change, out int breaches)
    {
        var head = V1.Case.Parser.ParseFrom(change.Case);
        breaches = Math.Max(head.Breaches.Count, change.BreachCount);
        head.Breaches.Clear();
        return head;
    }

    /// <summary>The first ones, or all where an entry of the journal that added some could not be read.</summary>
    private static ImmutableList<T> First<T>(ImmutableList<T> all, int count) => all.GetRange(0, Math.Min(count, all.Count));

    private V1.Case Tell(int most)
    {
        var told = Head.Clone();
        (told.EntryCount, told.BreachCount) = (Entries.Count, Marks.Count);
        told.Entries.Add(Entries.GetRange(Math.Max(0, Entries.Count - most), Math.Min(most, Entries.Count)));
        told.Breaches.Add(NewestFirst(Marks).Take(most).Select(mark => mark.Name));
        return told;
    }
}
