using EarlyWarning.Board.Calls;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace EarlyWarning.Board.Cases;

/// <summary>An act as it is sent to the suite. Sent again as it is, it is recognised where only its answer was lost.</summary>
/// <param name="CaseAct">What is put on record.</param>
/// <param name="Case">In which case.</param>
/// <param name="Recipient">For whom.</param>
/// <param name="Words">The note, rationale or reason.</param>
/// <param name="Causes">About which causes.</param>
/// <param name="RequestId">The id of the request.</param>
internal sealed record ActCall(
    CaseAct CaseAct,
    string Case,
    string Recipient,
    string Words,
    IReadOnlyCollection<string> Causes,
    string RequestId
)
{
    /// <summary>Gets what is decided, of a decision.</summary>
    public Decision Decision { get; init; }

    /// <summary>Gets when it is looked at again, of a decision that has a date.</summary>
    public Timestamp? Until { get; init; }

    /// <summary>Gets whether it is stood down although it fires.</summary>
    public bool AlthoughFiring { get; init; }

    /// <summary>Sends it.</summary>
    /// <exception cref="RpcException">It was refused, or the suite does not answer.</exception>
    public Task SendAsync(SuiteClient suite, CallOptions call) =>
        CaseAct switch
        {
            CaseAct.Acknowledge => suite
                .Cases.AcknowledgeCaseAsync(
                    new()
                    {
                        Name = Case,
                        Recipient = Recipient,
                        Note = Words,
                        Causes = { Causes },
                        RequestId = RequestId,
                    },
                    call
                )
                .ResponseAsync,
            CaseAct.Decide => suite
                .Cases.DecideCaseAsync(
                    new()
                    {
                        Name = Case,
                        Recipient = Recipient,
                        Decision = Decision,
                        Rationale = Words,
                        SeizedUntil = Until,
                        Causes = { Causes },
                        RequestId = RequestId,
                    },
                    call
                )
                .ResponseAsync,
            CaseAct.StandDown => suite
                .Cases.StandDownCaseAsync(
                    new()
                    {
                        Name = Case,
                        Recipient = Recipient,
                        Reason = Words,
                        AlthoughFiring = AlthoughFiring,
                        Causes = { Causes },
                        RequestId = RequestId,
                    },
                    call
                )
                .ResponseAsync,
            CaseAct.Withdraw => suite
                .Cases.WithdrawAcknowledgementAsync(
                    new()
                    {
                        Name = Case,
                        Recipient = Recipient,
                        Note = Words,
                        Causes = { Causes },
                        RequestId = RequestId,
                    },
                    call
                )
                .ResponseAsync,
            _ => suite
                .Cases.ReopenCaseAsync(
                    new()
                    {
                        Name = Case,
                        Recipient = Recipient,
                        Reason = Words,
                        Causes = { Causes },
                        RequestId = RequestId,
                    },
                    call
                )
                .ResponseAsync,
        };
}
