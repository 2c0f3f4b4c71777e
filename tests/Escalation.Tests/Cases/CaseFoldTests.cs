using CsCheck;
using EarlyWarning.Escalation.Cases;
using EarlyWarning.Escalation.Tests.Infrastructure;
using EarlyWarning.Store.Journals;
using Google.Protobuf;
using static EarlyWarning.V1.Breach.Types;
using Record = EarlyWarning.Escalation.Journal.Record;

namespace EarlyWarning.Escalation.Tests.Cases;

public sealed class CaseFoldTests
{
    private static readonly V1.Breach s_mild = Some.Breach("mild");
    private static readonly V1.Breach s_severe = Some.Breach("severe", V1.Severity.Emergency, fired: Some.Start.AddMinutes(-1));
    private static readonly V1.Breach s_other = Some.Breach("other", cause: "composite/RF1");

    private static readonly (V1.Breach? Breach, V1.Notification? Notification)[] s_deliveries =
    [
        (s_mild, null), (Some.Ended(s_mild), null), (s_severe, null), (Some.Ended(s_severe, State.Superseded), null), (s_other, null),
        (null, Some.Notification("n1", s_mild, V1.Notification.Types.State.Delivered)),
        (null, Some.Notification("n1", s_mild, V1.Notification.Types.State.Read)),
        (null, Some.Notification("n2", s_severe, V1.Notification.Types.State.GivenUp)),
        (null, Some.Notification("n3", s_other, V1.Notification.Types.State.Delivered)),
    ];

    [Fact]
    public void Fold_AnyOrderAndRepetitionOfDeliveries_GivesTheSameCases()
    {
        var expected = Tell(Fold([.. Enumerable.Range(0, s_deliveries.Length)]));
        Gen.Int[0, s_deliveries.Length - 1].Array[0, 20]
            .SelectMany(extra => Gen.Shuffle<int>((int[])[.. Enumerable.Range(0, s_deliveries.Length), .. extra]))
            .Sample(order => Assert.Equal(expected, Tell(Fold(order))), iter: 500);
    }

    [Fact]
    public void Fold_Snapshot_EqualsTheFoldFromZero()
    {
        var book = Fold([.. Enumerable.Range(0, s_deliveries.Length)]);
        var fold = new CaseFold();
        var read = fold.Read(fold.Write(book));
        Assert.NotNull(read);
        Assert.Equal(Known(book), Known(read));
        Assert.Equal(book.Position, read.Position);
        Assert.NotNull(read.OpenCase(Some.Country, s_mild.Cause));
    }

    [Fact]
    public void Apply_WhatIsNoRecordOrOfALaterForm_IsCountedAndPassedOver()
    {
        var (fold, book) = (new CaseFold(), new CaseBook());
        fold.Apply(book, new(1, Some.Start, new byte[] { 0xff, 0xff }));
        fold.Apply(book, new(2, Some.Start, new Record { Format = 2, Change = new() }.ToByteArray()));
        fold.Apply(book, new(3, Some.Start, Array.Empty<byte>()));
        fold.Apply(book, new(4, Some.Start, new Record { Format = 1, Change = new() { Case = ByteString.CopyFrom(0x0a, 0x7f) } }.ToByteArray()));
        fold.Apply(book, new(5, Some.Start, new Record { Format = 1, Change = new() }.ToByteArray()));
        Assert.Equal(5, book.Unreadable);
        Assert.Empty(book.Cases);
        Assert.Contains(Status.CaseStatus.Lines(book, Some.Start), line => line.Health == V1.Health.Failing);
    }

    [Fact]
    public void Breach_ResolvedBeforeFiring_OpensTheCaseAndIsKept()
    {
        var book = new CaseBook();
        Deliver(book, (Some.Ended(s_mild), null));
        Deliver(book, (s_mild, null));
        var only = Assert.Single(book.Cases).Value;
        Assert.False(only.Head.Firing);
        Assert.Equal((int)State.Resolved, only.Breach(s_mild.Name)!.State);
        Assert.Equal(1, book.Position);
    }

    [Fact]
    public void Change_OfACaseWithMuchBehindIt_CarriesOnlyWhatIsNew()
    {
        var book = new CaseBook();
        var sizes = Enumerable.Range(0, 400).Select(n => Deliver(book, (Some.Breach($"b{n:000}", fired: Some.Start.AddMinutes(n)), null))).ToArray();

        Assert.InRange(sizes[^1], 1, sizes[1] + 16);
        var known = Assert.Single(book.Cases).Value;
        Assert.Equal(400, known.Whole.Breaches.Count);
        Assert.EndsWith("b399", known.Whole.Breaches[0], StringComparison.Ordinal);
        Assert.Equal(known.Whole.Entries.TakeLast(CaseState.Newest), known.Brief.Entries);
        Assert.Equal(known.Whole.Breaches.Take(CaseState.Newest), known.Brief.Breaches);
        Assert.Equal((400, known.Entries.Count), (known.Brief.BreachCount, known.Brief.EntryCount));
    }

    [Fact]
    public void Apply_EntryOfAnEarlierBuild_NamesAllBreachesEachTime()
    {
        var (book, earlier) = (new CaseBook(), new CaseBook());
        foreach (var breach in new[] { s_mild, s_severe, Some.Ended(s_mild) })
        {
            Deliver(book, (breach, null));
            var record = CaseIntake.Breach(earlier, Some.Ladder, breach, "event", Some.Start)!;
            var all = book.Cases.Values.Single();
            var head = V1.Case.Parser.ParseFrom(record.Change.Case);
            head.Breaches.Add(all.Whole.Breaches);
            record.Change.Case = head.ToByteString();
            record.Change.BreachCount = 0;
            record.Change.Internals.Breaches.Clear();
            record.Change.Internals.Breaches.Add(all.Marks);
            new CaseFold().Apply(earlier, new JournalEntry(earlier.Position + 1, Some.Start, record.ToByteArray()));
        }

        Assert.Equal(Known(book), Known(earlier));
        Assert.Equal(book.Recent, earlier.Recent);
    }

    private static IEnumerable<(V1.Case, Journal.CaseInternals, string)> Known(CaseBook book) => book.Cases.Values
        .OrderBy(state => state.Head.Name, StringComparer.Ordinal)
        .Select(state => (state.Whole, state.Internals, string.Join('\n', state.Marks)));

    private static CaseBook Fold(IEnumerable<int> order)
    {
        var book = new CaseBook();
        foreach (var index in order)
        {
            Deliver(book, s_deliveries[index]);
        }

        return book;
    }

    /// <summary>Gives the bytes of the entry; 0 where there is none.</summary>
    private static int Deliver(CaseBook book, (V1.Breach? Breach, V1.Notification? Notification) delivery)
    {
        var record = delivery.Breach is { } breach
            ? CaseIntake.Breach(book, Some.Ladder, breach, "event", Some.Start)
            : CaseIntake.Notification(book, Some.Ladder, delivery.Notification!, "event", Some.Start);
        if (record is null)
        {
            return 0;
        }

        var entry = record.ToByteArray();
        new CaseFold().Apply(book, new JournalEntry(book.Position + 1, Some.Start, entry));
        return entry.Length;
    }

    /// <summary>What a case is, without what tells of the way to it: its name, its etag and the order of its entries.</summary>
    private static string Tell(CaseBook book) => string.Join('\n', book.Cases.Values.Select(state => state.Whole).OrderBy(one => one.Cause, StringComparer.Ordinal)
        .Select(one => string.Join('|',
            one.Cause, one.State, one.Severity, one.Firing, string.Join(',', one.Breaches), one.Sentence, one.CurrentStep, one.DueTime,
            string.Join(',', one.Entries.Where(entry => entry.Kind is V1.CaseEntry.Types.Kind.Told or V1.CaseEntry.Types.Kind.NotTold or V1.CaseEntry.Types.Kind.BreachEnded)
                .Select(entry => $"{entry.Kind} {entry.Resource}").Order(StringComparer.Ordinal)))));
}
