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
        (null, Some.Notification("n2", s_severe, V1.Notification.Types.State.Failed)),
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
        Assert.Equal(book.Cases.OrderBy(pair => pair.Key), read.Cases.OrderBy(pair => pair.Key));
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
        Assert.Contains(Status.CaseStatus.Lines(book, "", Some.Start), line => line.Health == V1.Health.Failing);
    }

    [Fact]
    public void Breach_ResolvedBeforeFiring_OpensTheCaseAndIsKept()
    {
        var book = new CaseBook();
        Deliver(book, (Some.Ended(s_mild), null));
        Deliver(book, (s_mild, null));
        var only = Assert.Single(book.Cases).Value;
        Assert.False(only.Public.Firing);
        Assert.Equal((int)State.Resolved, only.Breach(s_mild.Name)!.State);
        Assert.Equal(1, book.Position);
    }

    private static CaseBook Fold(IEnumerable<int> order)
    {
        var book = new CaseBook();
        foreach (var index in order)
        {
            Deliver(book, s_deliveries[index]);
        }

        return book;
    }

    private static void Deliver(CaseBook book, (V1.Breach? Breach, V1.Notification? Notification) delivery)
    {
        var record = delivery.Breach is { } breach
            ? CaseIntake.Breach(book, Some.Ladder, breach, "event", Some.Start)
            : CaseIntake.Notification(book, Some.Ladder, delivery.Notification!, "event", Some.Start);
        if (record is not null)
        {
            new CaseFold().Apply(book, new JournalEntry(book.Position + 1, Some.Start, record.ToByteArray()));
        }
    }

    /// <summary>What a case is, without what tells of the way to it: its name, its etag and the order of its entries.</summary>
    private static string Tell(CaseBook book) => string.Join('\n', book.Cases.Values.Select(state => state.Public).OrderBy(one => one.Cause, StringComparer.Ordinal)
        .Select(one => string.Join('|',
            one.Cause, one.State, one.Severity, one.Firing, string.Join(',', one.Breaches), one.Sentence, one.CurrentStep, one.DueTime,
            string.Join(',', one.Entries.Where(entry => entry.Kind is V1.CaseEntry.Types.Kind.Told or V1.CaseEntry.Types.Kind.NotTold or V1.CaseEntry.Types.Kind.BreachEnded)
                .Select(entry => $"{entry.Kind} {entry.Resource}").Order(StringComparer.Ordinal)))));
}
