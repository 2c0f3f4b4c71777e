using System.Data.Common;
using Google.Protobuf.WellKnownTypes;
using Method = EarlyWarning.V1.Operation.Types.Method;
using State = EarlyWarning.V1.Operation.Types.State;

namespace EarlyWarning.Scoring.Operations;

/// <summary>An operation as its row has it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Method">The call.</param>
/// <param name="State">How it stands.</param>
/// <param name="Caller">Who started it.</param>
/// <param name="Verified">Whether the caller was authenticated.</param>
/// <param name="RequestId">The id that the caller gave its start; empty for none.</param>
/// <param name="Created">When it was started.</param>
internal sealed record OperationState(
    string Name,
    Method Method,
    State State,
    string Caller,
    bool Verified,
    string RequestId,
    DateTimeOffset Created
)
{
    /// <summary>The columns that <see cref="Read"/> reads, in their order.</summary>
    public const string Columns =
        "o.name, o.method, o.state, o.caller, o.verified, o.request_id, o.created, "
        + "o.started, o.ended, o.expires, o.attempts, o.bytes, o.error, o.holder";

    /// <summary>When it began to run last.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>When it is forgotten.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>How often it was begun.</summary>
    public int Attempts { get; init; }

    /// <summary>The size of its request, or of its result once it has ended.</summary>
    public long Bytes { get; init; }

    /// <summary>Why there is no result.</summary>
    public Google.Rpc.Status? Error { get; init; }

    /// <summary>In which process it runs; empty where it does not.</summary>
    public string Holder { get; init; } = "";

    /// <summary>Whether it neither waits nor runs.</summary>
    public bool IsOver => State is not (State.Queued or State.Running);

    /// <summary>Reads a row.</summary>
    public static OperationState Read(DbDataReader row) =>
        new(
            row.GetString(0),
            (Method)row.GetInt64(1),
            (State)row.GetInt64(2),
            row.GetString(3),
            row.GetInt64(4) == 1,
            row.GetString(5),
            Time(row.GetInt64(6))!.Value
        )
        {
            Started = Time(row.GetInt64(7)),
            Ended = Time(row.GetInt64(8)),
            Expires = Time(row.GetInt64(9)),
            Attempts = (int)row.GetInt64(10),
            Bytes = row.GetInt64(11),
            Holder = row.GetString(13),
            Error = row.IsDBNull(12) ? null : Google.Rpc.Status.Parser.ParseFrom((byte[])row.GetValue(12)),
        };

    /// <summary>Says it in the words of the contract.</summary>
    /// <param name="advance">How far it has come, where it runs here.</param>
    /// <param name="result">Its result as stored, where that is asked for and there is one.</param>
    public V1.Operation Tell((double Share, string Phase)? advance, byte[]? result = null)
    {
        var told = new V1.Operation
        {
            Name = Name,
            Method = Method,
            State = State,
            Caller = Caller,
            CallerVerified = Verified,
            RequestId = RequestId,
            CreateTime = Created.ToTimestamp(),
            StartTime = Started?.ToTimestamp(),
            EndTime = Ended?.ToTimestamp(),
            ExpireTime = Expires?.ToTimestamp(),
            Attempts = Attempts,
        };
        if (State == State.Running && advance is var (share, phase))
        {
            (told.Progress, told.Phase) = (share, phase);
        }
        else if (State == State.Succeeded)
        {
            (told.Progress, told.ResultBytes) = (1, Bytes);
        }

        if (Error is not null)
        {
            told.Error = Error;
        }
        else if (result is not null)
        {
            told.Result = V1.OperationResult.Parser.ParseFrom(result);
        }

        return told;
    }

    private static DateTimeOffset? Time(long ticks) => ticks == 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
}
