using EarlyWarning.Store.Auditing;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Databases;
using EarlyWarning.Store.Faults;

namespace EarlyWarning.Store.Requests;

/// <summary>Answers that become durable with the writes that they answer.</summary>
public static class RequestUnits
{
    /// <summary>
    /// Keeps the answer of a write with it, and its entry of the audit; the unit is refused where the same request has an answer already.
    /// </summary>
    /// <param name="unit">The unit with the write's effect.</param>
    /// <param name="mark">The request's mark; an empty one keeps nothing.</param>
    /// <param name="answer">The response.</param>
    /// <param name="now">The time.</param>
    public static Unit KeepRequest(this Unit unit, string mark, byte[] answer, DateTimeOffset now) => unit.Write(mark, "", "", answer, now);

    /// <summary>Keeps how far a write of several steps has come; the unit is refused where another step was taken meanwhile.</summary>
    /// <param name="unit">The unit with the step's effect.</param>
    /// <param name="mark">The request's mark; an empty one keeps nothing.</param>
    /// <param name="from">What was reached before; empty for the first step.</param>
    /// <param name="reached">What is reached with it; not empty.</param>
    /// <param name="answer">The response so far.</param>
    /// <param name="now">The time.</param>
    public static Unit StepRequest(this Unit unit, string mark, string from, string reached, byte[] answer, DateTimeOffset now) =>
        unit.Write(mark, from, reached, answer, now);

    /// <summary>
    /// The same for what is written outside of units, and for what is kept after its effect: it leaves a first answer as it is.
    /// <see langword="null"/> for an empty mark, or one without an id. An entry of the audit is not kept by it.
    /// </summary>
    public static Statement? KeepStatement(string mark, byte[] answer, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(mark);
        ArgumentNullException.ThrowIfNull(answer);
        if (mark.Length == 0)
        {
            return null;
        }

        var (caller, id, method, content, _) = RequestMark.Parse(mark);
        return id.Length == 0
            ? null
            : new Statement(
                """
                insert into request (caller, id, method, content, reached, answer, size, at) values ($1, $2, $3, $4, '', $5, $6, $7)
                on conflict (caller, id) do update set reached = '', answer = excluded.answer, size = excluded.size
                  where request.reached <> ''
                """,
                caller,
                id,
                method,
                content,
                answer,
                (long)answer.Length,
                now.UtcTicks
            );
    }

    private static Unit Write(this Unit unit, string mark, string from, string reached, byte[] answer, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(mark);
        ArgumentNullException.ThrowIfNull(answer);
        if (mark.Length == 0)
        {
            return unit;
        }

        var (caller, id, method, content, audit) = RequestMark.Parse(mark);
        if (audit.Length > 0)
        {
            unit.KeepAudit(audit);
        }

        return id.Length == 0
            ? unit
            : unit.Require(
                () => new StoreConflictException($"The request {id} is under way, or was answered, already."),
                """
                insert into request (caller, id, method, content, reached, answer, size, at) values ($1, $2, $3, $4, $5, $6, $7, $8)
                on conflict (caller, id) do update set reached = excluded.reached, answer = excluded.answer, size = excluded.size
                where request.reached = $9 and request.reached <> ''
                """,
                caller,
                id,
                method,
                content,
                reached,
                answer,
                (long)answer.Length,
                now.UtcTicks,
                from
            );
    }
}
