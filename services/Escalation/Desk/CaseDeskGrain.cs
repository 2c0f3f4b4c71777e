using EarlyWarning.Contracts.Breaches;
using EarlyWarning.Contracts.Cases;
using EarlyWarning.Escalation.Cases;
using EarlyWarning.Escalation.Journal;
using EarlyWarning.Escalation.Status;
using EarlyWarning.Store;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Outbox;
using Microsoft.Extensions.Hosting;
using Orleans.Concurrency;

namespace EarlyWarning.Escalation.Desk;

/// <summary>
/// Keeps all cases in memory, folded from its journal; tells the topic <c>escalations</c> of each step that is reached. Reentrant, because watches
/// wait inside; the writer lets one decision through at a time.
/// </summary>
[Reentrant]
internal sealed partial class CaseDeskGrain(DeskParts parts, IHostApplicationLifetime lifetime) : Grain, ICaseDeskGrain
{
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(10);

    private DeskWriter _writer = null!;
    private StepPublisher _publisher = null!;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _writer = await DeskWriter.OpenAsync(parts, cancellationToken);
        _publisher = new(parts, _writer);
        Publish();
    }

    public Task<V1.Case?> GetAsync(string name) => Task.FromResult(_writer.Book.Cases.GetValueOrDefault(name)?.Whole);

    public Task<V1.Case?> OfBreachAsync(string breach) => Task.FromResult(_writer.Book.CaseOf(breach)?.Whole);

    public Task<Register<V1.Case>> ListAsync(V1.ListCasesRequest filter, int skip, int take) =>
        Task.FromResult(new Register<V1.Case>([.. _writer.Book.List(filter).Skip(skip).Take(take)], _writer.Position));

    public async Task<RegisterChanges<V1.Case>> ChangesAfterAsync(long position, int take)
    {
        if (position > _writer.Position || position < _writer.Position - parts.Options.WatchRetention)
        {
            return new([], position, Expired: true);
        }

        var changes = await ReadChangesAsync(position, take);
        if (changes.Items.Count > 0 || changes.Position > position)
        {
            return changes;
        }

        try
        {
            // A silo that stops waits for its calls.
            await _writer.Changed.WaitAsync(s_poll, parts.Time, lifetime.ApplicationStopping);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            return changes;
        }

        return await ReadChangesAsync(position, take);
    }

    public async Task RecordBreachAsync(V1.Breach breach, string eventId)
    {
        await WriteAsync(
            (book, now) => CaseIntake.Breach(book, parts.Ladder, breach, eventId, now),
            (unit, now) => unit.Confirm(EscalationExtensions.AppId, eventId, now));
        Publish();
    }

    public Task RecordNotificationAsync(V1.Notification notification, string eventId) =>
        WriteAsync(
            (book, now) => CaseIntake.Notification(book, parts.Ladder, notification, eventId, now),
            (unit, now) => unit.Confirm(EscalationExtensions.AppId, eventId, now));

    public async Task WakeAsync()
    {
        // One entry for each thing that time does: after a crash in between, the rest is still due.
        while (await WriteAsync(Climb) is not null)
        {
        }

        await _publisher.RunAsync();
        await _writer.ScheduleAsync();
    }

    public Task<IReadOnlyList<V1.StatusLine>> StatusAsync() =>
        Task.FromResult(CaseStatus.Lines(_writer.Book, parts.Time.GetUtcNow()));

    private Record? Climb(CaseBook book, DateTimeOffset now)
    {
        if (book.FirstMisdated(now) is { } misdated)
        {
            var right = new CaseDraft(misdated, parts.Ladder, now);
            right.SetRight();
            return CaseIntake.Change(misdated, right, "", now);
        }

        if (book.FirstDue(now) is not { } due)
        {
            return null;
        }

        var draft = new CaseDraft(due, parts.Ladder, now);
        draft.TimePasses();
        return CaseIntake.Change(due, draft, "", now);
    }

    private async Task<RegisterChanges<V1.Case>> ReadChangesAsync(long position, int take)
    {
        // Taken before the read: what is appended meanwhile is for the next call.
        var (book, end) = (_writer.Book, _writer.Position);
        var found = position >= book.RecentAfter
            ? book.Recent.Where(change => change.Position > position).Take(take).ToList()
            : await CaseHistory.ReadAsync(parts.Journals, book, position, take);
        return new(found, found.Count == take ? found[^1].Position : Math.Max(end, found.Count > 0 ? found[^1].Position : 0), Expired: false);
    }

    private async Task<Record?> WriteAsync(Func<CaseBook, DateTimeOffset, Record?> decide, Action<Unit, DateTimeOffset>? with = null)
    {
        try
        {
            return await _writer.DecideAsync(decide, with);
        }
        catch (Exception e) when (e is FencedException or ObjectDisposedException)
        {
            // The next call finds a new activation, which reads what was written.
            DeactivateOnIdle();
            throw new StoreUnavailableException("The journal of cases is being opened again. Send the same once more.", e);
        }
        catch (StoreUnavailableException)
        {
            DeactivateOnIdle();
            throw;
        }
    }

    private void Publish() => _publisher.RunAsync().Ignore();
}
