using EarlyWarning.V1;
using Grpc.Core;

namespace EarlyWarning.Cli.Tests.Infrastructure;

internal sealed class FakeCatalogue(FakeUnary answers) : CatalogueService.CatalogueServiceBase
{
    public override Task<GetFrameworkResponse> GetFramework(GetFrameworkRequest request, ServerCallContext context) =>
        answers.AnswerAsync<GetFrameworkResponse>(request);

    public override Task<ListFrameworksResponse> ListFrameworks(ListFrameworksRequest request, ServerCallContext context) =>
        answers.AnswerAsync<ListFrameworksResponse>(request);

    public override Task<ListIndicatorsResponse> ListIndicators(ListIndicatorsRequest request, ServerCallContext context) =>
        answers.AnswerAsync<ListIndicatorsResponse>(request);

    public override Task<CreateIndicatorsResponse> CreateIndicators(CreateIndicatorsRequest request, ServerCallContext context) =>
        answers.AnswerAsync<CreateIndicatorsResponse>(request);

    public override Task<LoadFrameworkFileResponse> LoadFrameworkFile(LoadFrameworkFileRequest request, ServerCallContext context) =>
        answers.AnswerAsync<LoadFrameworkFileResponse>(request);

    public override Task<CreateFrameworkResponse> CreateFramework(CreateFrameworkRequest request, ServerCallContext context) =>
        answers.AnswerAsync<CreateFrameworkResponse>(request);

    public override Task<RetireFrameworkResponse> RetireFramework(RetireFrameworkRequest request, ServerCallContext context) =>
        answers.AnswerAsync<RetireFrameworkResponse>(request);
}

internal sealed class FakeRisks(FakeUnary answers, FakeWatches watches) : RiskService.RiskServiceBase
{
    public override Task<GetCountryRiskResponse> GetCountryRisk(GetCountryRiskRequest request, ServerCallContext context) =>
        answers.AnswerAsync<GetCountryRiskResponse>(request);

    public override Task<RankCountriesResponse> RankCountries(RankCountriesRequest request, ServerCallContext context) =>
        answers.AnswerAsync<RankCountriesResponse>(request);

    public override Task<ListRiskHistoryResponse> ListRiskHistory(ListRiskHistoryRequest request, ServerCallContext context) =>
        answers.AnswerAsync<ListRiskHistoryResponse>(request);

    public override Task<ExplainCountryRiskResponse> ExplainCountryRisk(ExplainCountryRiskRequest request, ServerCallContext context) =>
        answers.AnswerAsync<ExplainCountryRiskResponse>(request);

    public override Task<ListCountriesResponse> ListCountries(ListCountriesRequest request, ServerCallContext context) =>
        answers.AnswerAsync<ListCountriesResponse>(request);

    public override Task WatchCountryRisks(
        WatchCountryRisksRequest request,
        IServerStreamWriter<WatchCountryRisksResponse> responseStream,
        ServerCallContext context
    ) => watches.ServeAsync(request.ResumeToken, responseStream, context);
}

internal sealed class FakeThresholds(FakeUnary answers) : ThresholdService.ThresholdServiceBase
{
    public override Task<GetThresholdResponse> GetThreshold(GetThresholdRequest request, ServerCallContext context) =>
        answers.AnswerAsync<GetThresholdResponse>(request);

    public override Task<ListThresholdsResponse> ListThresholds(ListThresholdsRequest request, ServerCallContext context) =>
        answers.AnswerAsync<ListThresholdsResponse>(request);

    public override Task<CreateThresholdResponse> CreateThreshold(CreateThresholdRequest request, ServerCallContext context) =>
        answers.AnswerAsync<CreateThresholdResponse>(request);

    public override Task<UpdateThresholdResponse> UpdateThreshold(UpdateThresholdRequest request, ServerCallContext context) =>
        answers.AnswerAsync<UpdateThresholdResponse>(request);

    public override Task<RetireThresholdResponse> RetireThreshold(RetireThresholdRequest request, ServerCallContext context) =>
        answers.AnswerAsync<RetireThresholdResponse>(request);
}

internal sealed class FakeBreaches(FakeUnary answers, FakeWatches watches) : BreachService.BreachServiceBase
{
    public override Task<GetBreachResponse> GetBreach(GetBreachRequest request, ServerCallContext context) =>
        answers.AnswerAsync<GetBreachResponse>(request);

    public override Task<ListBreachesResponse> ListBreaches(ListBreachesRequest request, ServerCallContext context) =>
        answers.AnswerAsync<ListBreachesResponse>(request);

    public override Task WatchBreaches(
        WatchBreachesRequest request,
        IServerStreamWriter<WatchBreachesResponse> responseStream,
        ServerCallContext context
    ) => watches.ServeAsync(request.ResumeToken, responseStream, context);
}

internal sealed class FakeNotifications(FakeUnary answers) : NotificationService.NotificationServiceBase
{
    public override Task<ListNotificationsResponse> ListNotifications(ListNotificationsRequest request, ServerCallContext context) =>
        answers.AnswerAsync<ListNotificationsResponse>(request);

    public override Task<ListRecipientsResponse> ListRecipients(ListRecipientsRequest request, ServerCallContext context) =>
        answers.AnswerAsync<ListRecipientsResponse>(request);

    public override Task<RedeliverNotificationResponse> RedeliverNotification(
        RedeliverNotificationRequest request,
        ServerCallContext context
    ) => answers.AnswerAsync<RedeliverNotificationResponse>(request);

    public override Task<RedeliverNotificationsResponse> RedeliverNotifications(
        RedeliverNotificationsRequest request,
        ServerCallContext context
    ) => answers.AnswerAsync<RedeliverNotificationsResponse>(request);

    public override Task<ReadNotificationResponse> ReadNotification(ReadNotificationRequest request, ServerCallContext context) =>
        answers.AnswerAsync<ReadNotificationResponse>(request);
}

internal sealed class FakeCases(FakeUnary answers, FakeWatches watches) : CaseService.CaseServiceBase
{
    public override Task<GetCaseResponse> GetCase(GetCaseRequest request, ServerCallContext context) =>
        answers.AnswerAsync<GetCaseResponse>(request);

    public override Task<ListCasesResponse> ListCases(ListCasesRequest request, ServerCallContext context) =>
        answers.AnswerAsync<ListCasesResponse>(request);

    public override Task<AcknowledgeCaseResponse> AcknowledgeCase(AcknowledgeCaseRequest request, ServerCallContext context) =>
        answers.AnswerAsync<AcknowledgeCaseResponse>(request);

    public override Task<DecideCaseResponse> DecideCase(DecideCaseRequest request, ServerCallContext context) =>
        answers.AnswerAsync<DecideCaseResponse>(request);

    public override Task<StandDownCaseResponse> StandDownCase(StandDownCaseRequest request, ServerCallContext context) =>
        answers.AnswerAsync<StandDownCaseResponse>(request);

    public override Task<WithdrawAcknowledgementResponse> WithdrawAcknowledgement(
        WithdrawAcknowledgementRequest request,
        ServerCallContext context
    ) => answers.AnswerAsync<WithdrawAcknowledgementResponse>(request);

    public override Task<ReopenCaseResponse> ReopenCase(ReopenCaseRequest request, ServerCallContext context) =>
        answers.AnswerAsync<ReopenCaseResponse>(request);

    public override Task WatchCases(
        WatchCasesRequest request,
        IServerStreamWriter<WatchCasesResponse> responseStream,
        ServerCallContext context
    ) => watches.ServeAsync(request.ResumeToken, responseStream, context);
}

internal sealed class FakeTraces(FakeUnary answers) : TraceService.TraceServiceBase
{
    public override Task<TraceResponse> Trace(TraceRequest request, ServerCallContext context) =>
        answers.AnswerAsync<TraceResponse>(request);
}

internal sealed class FakeServer(FakeUnary answers) : ServerService.ServerServiceBase
{
    public override Task<GetServerInfoResponse> GetServerInfo(GetServerInfoRequest request, ServerCallContext context) =>
        answers.AnswerAsync<GetServerInfoResponse>(request);

    public override Task<GetStatusResponse> GetStatus(GetStatusRequest request, ServerCallContext context) =>
        answers.AnswerAsync<GetStatusResponse>(request);
}
