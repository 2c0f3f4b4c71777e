using EarlyWarning.Escalation.Journal;
using Google.Protobuf;

namespace EarlyWarning.Escalation.Cases;

/// <summary>A case as it stands: its public form and what it knows beside it. Neither is changed once it is here.</summary>
internal sealed record CaseState(V1.Case Public, CaseInternals Internals)
{
    /// <summary>When something is due; <see langword="null"/> where nothing is.</summary>
    public DateTimeOffset? Due => Public.DueTime?.ToDateTimeOffset();

    /// <summary>Open cases take further breaches of their cause.</summary>
    public bool IsOpen => Public.CloseTime is null;

    /// <summary>What is known of a breach of the case.</summary>
    public BreachMark? Breach(string name) => Internals.Breaches.FirstOrDefault(mark => mark.Name == name);

    /// <summary>The case after this one as a journalled change.</summary>
    public CaseChange ChangeTo(CaseState next)
    {
        var bare = next.Public.Clone();
        bare.Entries.Clear();
        return new()
        {
            Case = bare.ToByteString(),
            NewEntries = { next.Public.Entries.Skip(Public.Entries.Count).Select(entry => entry.ToByteString()) },
            EntryCount = next.Public.Entries.Count,
            Internals = next.Internals,
        };
    }

    /// <summary>Reads a change back; <paramref name="earlier"/> are the entries before it.</summary>
    public static CaseState Read(CaseChange change, IEnumerable<V1.CaseEntry> earlier)
    {
        var read = V1.Case.Parser.ParseFrom(change.Case);
        read.Entries.Add(earlier.Take(change.EntryCount - change.NewEntries.Count));
        read.Entries.Add(change.NewEntries.Select(entry => V1.CaseEntry.Parser.ParseFrom(entry)));
        return new(read, change.Internals);
    }

    /// <summary>No case yet.</summary>
    public static CaseState None { get; } = new(new(), new());
}
