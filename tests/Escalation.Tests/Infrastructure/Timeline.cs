using EarlyWarning.Escalation.Cases;
using EarlyWarning.Store.Journals;
using Google.Protobuf;
using static EarlyWarning.V1.CaseEntry.Types;
using Record = EarlyWarning.Escalation.Journal.Record;

namespace EarlyWarning.Escalation.Tests.Infrastructure;

/// <summary>
/// A small language for stories of cases: at these times these things happen, these steps are expected within these windows; then run, then check.
/// Times are minutes from the start. Everything goes through the journal's form and the fold, as it does in the desk.
/// </summary>
internal sealed class Timeline
{
    private readonly List<(int Minute, Action Happens)> _happenings = [];
    private readonly List<(int Step, int From, int To)> _expected = [];
    private readonly CaseFold _fold = new();
    private (int From, int To) _outage = (int.MaxValue, int.MaxValue);
    private int _now;

    public CaseBook Book { get; private set; } = new();

    /// <summary>The newest case.</summary>
    public V1.Case Case => Book.Cases.Values.OrderBy(state => state.Head.OpenTime).Last().Whole;

    private DateTimeOffset Now => Some.Start.AddMinutes(_now);

    public Timeline Breach(int at, V1.Breach breach) => At(at, () => Commit(CaseIntake.Breach(Book, Some.Ladder, breach, "event", Now)));

    public Timeline Told(int at, V1.Notification notification) =>
        At(at, () => Commit(CaseIntake.Notification(Book, Some.Ladder, notification, "event", Now)));

    public Timeline Acknowledges(int at, V1.Recipient recipient) => At(at, () =>
    {
        Assert.Null(CaseRules.Acknowledge(Case, recipient, ""));
        Draft(draft => draft.Acknowledge(CaseRules.StepOf(Case, recipient.Role)!, recipient, "", Some.Actor));
    });

    public Timeline Decides(int at, V1.Recipient recipient, V1.Decision decision, int? seizedUntil = null) => At(at, () =>
    {
        Assert.Null(CaseRules.Decide(Case, recipient, decision, ""));
        var date = seizedUntil is { } minute ? Some.Start.AddMinutes(minute) : (DateTimeOffset?)null;
        Draft(draft => draft.Decide(recipient, decision, "Because.", date, Some.Actor));
    });

    public Timeline StandsDown(int at, V1.Recipient recipient, bool althoughFiring = false) => At(at, () =>
    {
        Assert.Null(CaseRules.StandDown(Case, recipient, althoughFiring, ""));
        Draft(draft => draft.StandDown(recipient, "Because.", Some.Actor));
    });

    /// <summary>Nothing that is due is looked at in between.</summary>
    public Timeline Outage(int from, int to)
    {
        _outage = (from, to);
        return this;
    }

    public Timeline Expect(int step, int at) => Expect(step, at, at);

    public Timeline Expect(int step, int from, int to)
    {
        _expected.Add((step, from, to));
        return this;
    }

    public Timeline At(int minute, Action happens)
    {
        _happenings.Add((minute, happens));
        return this;
    }

    /// <summary>Runs to a minute, then checks that exactly the expected steps were reached, in order and within their windows.</summary>
    public Timeline Run(int until)
    {
        for (_now = 0; _now <= until; _now++)
        {
            foreach (var (_, happens) in _happenings.Where(happening => happening.Minute == _now))
            {
                happens();
            }

            while ((_now < _outage.From || _now >= _outage.To) && Book.FirstDue(Now) is { } due)
            {
                var draft = new CaseDraft(due, Some.Ladder, Now);
                draft.TimePasses();
                Commit(CaseIntake.Change(due, draft, "", Now));
            }
        }

        var reached = Book.Cases.Values.SelectMany(state => state.Entries)
            .Where(entry => entry.Kind == Kind.StepReached)
            .OrderBy(entry => entry.Time)
            .Select(entry => (entry.Step, Minute: (int)(entry.Time.ToDateTimeOffset() - Some.Start).TotalMinutes))
            .ToList();
        var matches = reached.Count == _expected.Count
            && reached.Zip(_expected).All(pair => pair.First.Step == pair.Second.Step && pair.First.Minute >= pair.Second.From && pair.First.Minute <= pair.Second.To);
        Assert.True(matches, $"Expected {Tell(_expected.Select(e => $"{e.Step}@{e.From}..{e.To}"))}; reached {Tell(reached.Select(r => $"{r.Step}@{r.Minute}"))}.");
        Assert.Equal(0, Book.Unreadable);
        return this;
    }

    /// <summary>Folds everything again from a snapshot, as after a restart.</summary>
    public Timeline Restart(int at) => At(at, () => Book = _fold.Read(_fold.Write(Book))!);

    public void Commit(Record? record)
    {
        if (record is not null)
        {
            _fold.Apply(Book, new JournalEntry(Book.Position + 1, Now, record.ToByteArray()));
        }
    }

    private void Draft(Action<CaseDraft> act)
    {
        var before = Book.Cases[Case.Name];
        var draft = new CaseDraft(before, Some.Ladder, Now);
        act(draft);
        Commit(CaseIntake.Change(before, draft, "", Now));
    }

    private static string Tell(IEnumerable<string> steps) => string.Join(", ", steps);
}
