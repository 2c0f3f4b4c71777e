using EarlyWarning.V1;
using Grpc.Core;

namespace EarlyWarning.Cli.Tests.Infrastructure;

/// <summary>The service of long calls that were left, answering what the test says.</summary>
internal sealed class FakeOperations(FakeUnary answers) : OperationService.OperationServiceBase
{
    public override Task<StartOperationResponse> StartOperation(StartOperationRequest request, ServerCallContext context) =>
        answers.AnswerAsync<StartOperationResponse>(request);

    public override Task<GetOperationResponse> GetOperation(GetOperationRequest request, ServerCallContext context) =>
        answers.AnswerAsync<GetOperationResponse>(request);

    public override Task<ListOperationsResponse> ListOperations(ListOperationsRequest request, ServerCallContext context) =>
        answers.AnswerAsync<ListOperationsResponse>(request);

    public override Task<WaitOperationResponse> WaitOperation(WaitOperationRequest request, ServerCallContext context) =>
        answers.AnswerAsync<WaitOperationResponse>(request);

    public override Task<CancelOperationResponse> CancelOperation(CancelOperationRequest request, ServerCallContext context) =>
        answers.AnswerAsync<CancelOperationResponse>(request);

    public override Task<DeleteOperationResponse> DeleteOperation(DeleteOperationRequest request, ServerCallContext context) =>
        answers.AnswerAsync<DeleteOperationResponse>(request);
}
