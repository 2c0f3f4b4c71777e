using System.Diagnostics;
using EarlyWarning.Contracts.Countries;
using EarlyWarning.ServiceDefaults.Errors;

namespace EarlyWarning.Risk.Intake;

/// <summary>A batch on its way through the journal: each item's outcome, and who waits for it.</summary>
internal sealed class WaitingBatch(ObservationBatch batch)
{
    // The call's span is kept as the state of its task, which has room for one: without a span it costs nothing.
    private readonly TaskCompletionSource<IntakeAnswer> _answer = new(Activity.Current, TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly V1.Outcome[] _outcomes = new V1.Outcome[batch.Items.Count];
    private readonly List<int> _notCurrent = [];
    private readonly List<int> _late = [];
    private List<V1.ItemProblem>? _problems;
    private int _committed;

    public IReadOnlyList<V1.Observation> Items => batch.Items;

    public bool Backfill => batch.Backfill;

    /// <summary>The next item to look at; those before it and after the committed ones are in the append under way.</summary>
    public int Next { get; set; }

    public bool IsDone => Next == _outcomes.Length;

    public Task<IntakeAnswer> Answer => _answer.Task;

    /// <summary>The span of the call that waits; <see langword="null"/> where it is not traced.</summary>
    public Activity? Span => (Activity?)_answer.Task.AsyncState;

    public void Set(V1.Outcome outcome) => _outcomes[Next++] = outcome;

    /// <summary>Notes of the next item that it is recorded and not current.</summary>
    public void MarkNotCurrent() => _notCurrent.Add(Next);

    /// <summary>Notes of the next item that it is older than the newest of its series.</summary>
    public void MarkLate() => _late.Add(Next);

    /// <summary>Another observation has become the current one of an item's key in the same append.</summary>
    public void Supersede(int index)
    {
        if (_outcomes[index] == V1.Outcome.Duplicate)
        {
            _outcomes[index] = V1.Outcome.Superseded;
        }
        else
        {
            _notCurrent.Add(index);
        }
    }

    public void Reject(int index, V1.ErrorReason reason, string field, string message)
    {
        AddProblem(index, reason, field, message);
        _outcomes[index] = V1.Outcome.Rejected;
    }

    /// <summary>The next item cannot be decided upon for now: it is to be sent again.</summary>
    public void Defer(V1.ErrorReason reason, string message)
    {
        AddProblem(Next, reason, "", message);
        Set(V1.Outcome.Retry);
    }

    /// <summary>Everything looked at so far is durable and decided.</summary>
    public void Commit() => _committed = Next;

    public void Complete(long revision) =>
        _answer.TrySetResult(new(revision, _outcomes, _problems ?? [], Recorded(_notCurrent), Recorded(_late)));

    /// <summary>Ends the batch: what is not durable, as far as is known, is to be sent again.</summary>
    public void Fail(long revision, V1.ErrorReason reason, string message)
    {
        if (_answer.Task.IsCompleted)
        {
            return;
        }

        for (var i = _committed; i < _outcomes.Length; i++)
        {
            if (i >= Next || _outcomes[i] is not (V1.Outcome.Rejected or V1.Outcome.Retry))
            {
                _outcomes[i] = V1.Outcome.Retry;
                AddProblem(i, reason, "", message);
            }
        }

        Complete(revision);
    }

    /// <summary>The places of those that are recorded: a batch that fails in its middle takes back what it has said of the rest.</summary>
    private int[] Recorded(List<int> places) => [.. places.Where(place => _outcomes[place] == V1.Outcome.Recorded).Order()];

    private void AddProblem(int index, V1.ErrorReason reason, string field, string message) =>
        (_problems ??= []).Add(
            new()
            {
                Index = index,
                Reason = Fault.NameOf(reason),
                Field = field,
                Message = message,
            }
        );
}
