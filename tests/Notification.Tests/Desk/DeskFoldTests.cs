using EarlyWarning.Notification.Desk;
using EarlyWarning.Notification.Tests.Infrastructure;
using EarlyWarning.Store.Journals;
using static EarlyWarning.Notification.Tests.Infrastructure.Samples;

namespace EarlyWarning.Notification.Tests.Desk;

public sealed class DeskFoldTests
{
    [Fact]
    public async Task Read_SnapshotAtAnyPosition_FoldsOnToTheSameAsFromTheStart()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.AnswerWith(500, 200, 400);
        await using var cluster = await DeskCluster.StartAsync(
            Recipient("a", "operator", channels: $"[{Webhook(receiver.Address)}]"), Recipient("b", "operator"));
        await cluster.DeliverAsync(Breach());
        await Eventually.GetAsync(() => cluster.ListAsync(recipient: "recipients/a"), all => all[0].Receipts.Count == 1, "a first receipt");
        cluster.Time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.GetAsync(() => cluster.ListAsync(recipient: "recipients/a"), all => all[0].Receipts.Count == 2, "a second receipt");
        await cluster.DeliverAsync(Breach("XAB-2"));
        await Eventually.GetAsync(() => cluster.ListAsync(recipient: "recipients/a"), all => all[0].Receipts.Count == 1, "a third receipt");
        var entries = cluster.Journals.Entries("notifications");
        var whole = Fold(new DeskState(), entries);

        for (var at = 1; at <= entries.Count; at++)
        {
            var fold = new DeskFold();
            var restored = fold.Read(fold.Write(Fold(fold.Empty(), entries.Take(at))))!;
            Assert.Equal(Shown(whole), Shown(Fold(restored, entries.Skip(at))));
        }
    }

    [Fact]
    public void Apply_WhatIsNotAnEntry_IsPassedOver()
    {
        var state = new DeskState();

        new DeskFold().Apply(state, new(1, Start, new byte[] { 0xFF, 0x01, 0x02 }));

        Assert.Empty(state.All);
    }

    private static DeskState Fold(DeskState state, IEnumerable<JournalEntry> entries)
    {
        var fold = new DeskFold();
        foreach (var entry in entries)
        {
            fold.Apply(state, entry);
        }

        return state;
    }

    private static string Shown(DeskState state) => string.Join('\n', state.All.Select(e =>
        $"{e.Message} {e.Published} {e.Source.Length} {string.Join(';', e.Deliveries.Select(d => $"{d.Slot} {d.Started} {d.Ended} {d.Next} {d.Finished} {d.Made}"))}"))
        + $"\n{string.Join(',', state.Events.Order())} {string.Join(',', state.BreachSequences.OrderBy(b => b.Key, StringComparer.Ordinal))} {state.Unfinished.Count}";
}
