using EarlyWarning.Escalation.Cases;
using static EarlyWarning.V1.CaseEntry.Types;

namespace EarlyWarning.Escalation.Tests.Infrastructure;

/// <summary>
/// A small language for stories of cases: at these times these things happen, these steps are asked within these windows; then run, then
/// check. Times are minutes from the start.
/// </summary>
internal sealed class Timeline
{
    private readonly List<(int Minute, Action Happens)> _happenings = [];
    private readonly List<(int Step, int From, int To)> _expected = [];
    private readonly Dictionary<string, CaseBreach> _marks = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];
    private (int From, int To) _outage = (int.MaxValue, int.MaxValue);
    private int _now;

    /// <summary>All cases by name, the oldest first.</summary>
    public Dictionary<string, (CaseState State, List<V1.CaseEntry> Entries)> Cases { get; } = new(StringComparer.Ordinal);

    /// <summary>What recipients were told, in order.</summary>
    public List<StepNotice> News { get; } = [];

    /// <summary>Who may be asked.</summary>
    public IReadOnlyList<V1.Recipient> Directory { get; private set; } = Some.Directory;

    /// <summary>The newest case.</summary>
    public V1.Case Case
    {
        get
        {
            var (state, entries) = Cases[_order[^1]];
            var told = state.Head.Clone();
            told.Entries.Add(entries);
            told.Breaches.Add(_marks.Values.Where(mark => mark.Case == told.Name).Select(mark => mark.Name).Reverse());
            return told;
        }
    }

    /// <summary>The newest case's state.</summary>
    public CaseState State => Cases[_order[^1]].State;

    private DateTimeOffset Now => Some.Start.AddMinutes(_now);

    private CaseContext Context => new(Some.Ladder, Directory, Now);

    public Timeline Breach(int at, V1.Breach breach) => At(at, () =>
        {
            var known = _marks.GetValueOrDefault(breach.Name);
            var before = known is not null
                ? Cases[known.Case].State
                : Cases.Values.Select(one => one.State).FirstOrDefault(state => state.Head.CloseTime is null);
            Change(before ?? CaseState.None, builder => builder.Take(breach, known));
            var head = Cases
                .Values.Select(one => one.State.Head)
                .First(head => known?.Case == head.Name || (known is null && head.Name == _order[^1]));
            _marks[breach.Name] = new(breach.Name, known?.Case ?? head.Name, known?.Cause ?? breach.Cause, breach.Sequence, breach.State);
        });

    /// <summary>The directory from the start on.</summary>
    public Timeline Names(params IReadOnlyList<V1.Recipient> recipients)
    {
        Directory = recipients;
        return this;
    }

    public Timeline Names(int at, params IReadOnlyList<V1.Recipient> recipients) => At(at, () =>
        {
            Directory = recipients;
            Change(State, builder => builder.AskTheUnaddressed());
        });

    public Timeline Acknowledges(int at, V1.Recipient recipient, params IReadOnlyList<string> causes) => At(at, () =>
        {
            Assert.Null(CaseRules.Acknowledge(Case, recipient, causes, ""));
            Change(State, builder => builder.Acknowledge(causes, recipient, "", Some.Actor));
        });

    public Timeline Decides(
        int at,
        V1.Recipient recipient,
        V1.Decision decision,
        int? seizedUntil = null,
        params IReadOnlyList<string> causes
    ) => At(at, () =>
        {
            Assert.Null(CaseRules.Decide(Case, recipient, decision, causes, ""));
            var date = seizedUntil is { } minute ? Some.Start.AddMinutes(minute) : (DateTimeOffset?)null;
            Change(State, builder => builder.Decide(causes, recipient, decision, "Because.", date, Some.Actor));
        });

    public Timeline StandsDown(int at, V1.Recipient recipient, bool althoughFiring = false, params IReadOnlyList<string> causes) =>
        At(at, () =>
        {
            Assert.Null(CaseRules.StandDown(Case, recipient, althoughFiring, causes, ""));
            Change(State, builder => builder.StandDown(causes, recipient, "Because.", Some.Actor));
        });

    public Timeline Withdraws(int at, V1.Recipient recipient, params IReadOnlyList<string> causes) => At(at, () =>
        {
            Assert.Null(CaseRules.Withdraw(Case, recipient, causes, ""));
            Change(State, builder => builder.Withdraw(causes, recipient, "", Some.Actor));
        });

    public Timeline Reopens(int at, V1.Recipient recipient, params IReadOnlyList<string> causes) => At(at, () =>
        {
            Assert.Null(CaseRules.Reopen(Case, null, recipient, causes, ""));
            Change(State, builder => builder.Reopen(causes, recipient, "By mistake.", Some.Actor));
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

    /// <summary>Runs to a minute, then checks that exactly the expected steps were asked, in order and within their windows.</summary>
    public Timeline Run(int until)
    {
        for (_now = 0; _now <= until; _now++)
        {
            foreach (var (_, happens) in _happenings.Where(happening => happening.Minute == _now))
            {
                happens();
            }

            while ((_now < _outage.From || _now >= _outage.To) && Cases.Values.FirstOrDefault(one => one.State.Due <= Now).State is { } due)
            {
                Change(due, builder => builder.TimePasses());
            }
        }

        var reached = Cases
            .Values.SelectMany(one => one.Entries)
            .Where(entry => entry.Kind == Kind.StepReached)
            .OrderBy(entry => entry.Time)
            .Select(entry => (entry.Step, Minute: (int)(entry.Time.ToDateTimeOffset() - Some.Start).TotalMinutes))
            .ToList();
        var matches =
            reached.Count == _expected.Count
            && reached
                .Zip(_expected)
                .All(pair =>
                    pair.First.Step == pair.Second.Step && pair.First.Minute >= pair.Second.From && pair.First.Minute <= pair.Second.To
                );
        Assert.True(
            matches,
            $"Expected {Tell(_expected.Select(e => $"{e.Step}@{e.From}..{e.To}"))}; asked "
                + $"{Tell(reached.Select(r => $"{r.Step}@{r.Minute}"))}."
        );
        return this;
    }

    private void Change(CaseState before, Action<CaseChangeBuilder> act)
    {
        var builder = new CaseChangeBuilder(before, Context);
        act(builder);
        var change = builder.Finish();
        Sound(change.After);
        var name = change.After.Head.Name;
        if (!Cases.TryGetValue(name, out var known))
        {
            _order.Add(name);
            known = (change.After, []);
        }

        known.Entries.AddRange(change.Entries);
        Cases[name] = (change.After, known.Entries);
        News.AddRange(change.News);
    }

    /// <summary>What holds of every case at every time.</summary>
    private static void Sound(CaseState state)
    {
        foreach (var cause in state.Head.Causes)
        {
            var climbs = state.Head.Climbs.Where(climb => climb.Causes.Contains(cause.Id)).ToList();
            Assert.Equal(cause.CloseTime is null && cause.State != V1.Case.Types.State.Noted ? 1 : 0, climbs.Count);
            Assert.True(
                cause.CloseTime is not null || state.Head.Climbs.Any(climb => climb.Number == cause.Climb),
                $"{cause.Id} waits for nobody."
            );
        }

        Assert.Equal(state.Head.Climbs.Select(climb => climb.Number).Order(), state.Internals.Climbs.Select(climb => climb.Number).Order());
        Assert.Equal(state.Head.Causes.Select(cause => cause.Id).Order(), state.Internals.Causes.Select(cause => cause.Id).Order());
    }

    private static string Tell(IEnumerable<string> steps) => string.Join(", ", steps);
}
