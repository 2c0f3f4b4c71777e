using System.Net;
using EarlyWarning.EndToEnd.Tests.Infrastructure;
using EarlyWarning.Store.Databases;
using EarlyWarning.V1;
using Google.Protobuf;
using Grpc.Core;

namespace EarlyWarning.EndToEnd.Tests.Access;

/// <summary>What goes on record of acts and of refusals in a running suite, and that the record proves itself.</summary>
[Collection(nameof(AnsweringSuite))]
public sealed class AuditTests(RoleSuite suite)
{
    private AuditService.AuditServiceClient Audit => new(suite.Process.Channel);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Act_OfAnAdministrator_IsOnRecordWithWhoWhatAndWhence()
    {
        await Assert.ThrowsAsync<RpcException>(() => UnarmAsync(AccessRole.Reviewer));
        await UnarmAsync(AccessRole.Administrator);
        await new ServerService.ServerServiceClient(suite.Process.Channel).ArmSuiteAsync(
            new(),
            With(AccessRole.Administrator),
            cancellationToken: Cancel
        );

        var done = await OneAsync(new() { Method = "ServerService/UnarmSuite", Code = "OK" });
        Assert.Equal(("administrator of the world", true, AccessRole.Administrator), (done.Caller, done.CallerVerified, done.Role));
        Assert.Contains("a first load", done.Request, StringComparison.Ordinal);
        Assert.True(IPAddress.IsLoopback(IPAddress.Parse(done.Peer)));
        Assert.Equal(32, done.TraceId.Length);
        Assert.Equal(1, done.Count);

        var refused = await OneAsync(
            new()
            {
                Method = "ServerService/UnarmSuite",
                Code = "PERMISSION_DENIED",
                Caller = "reviewer of the world",
            }
        );
        Assert.Equal(("PERMISSION_DENIED", ""), (refused.Reason, refused.Request));
        Assert.True(refused.Position < done.Position);
        Assert.NotEmpty((await ListAsync(new() { Method = "ServerService/ArmSuite", Caller = "administrator of the world" })).Entries);
    }

    [Fact]
    public async Task Act_ThatOnlyChecks_IsNotOnRecord_AndOneThatFailsIs()
    {
        var catalogue = new CatalogueService.CatalogueServiceClient(suite.Process.Channel);
        await Assert.ThrowsAsync<RpcException>(() =>
            catalogue
                .RetireFrameworkAsync(
                    new() { Name = "frameworks/checked-only", ValidateOnly = true },
                    With(AccessRole.Administrator),
                    cancellationToken: Cancel
                )
                .ResponseAsync
        );
        await Assert.ThrowsAsync<RpcException>(() =>
            catalogue
                .RetireFrameworkAsync(new() { Name = "frameworks/not-there" }, With(AccessRole.Administrator), cancellationToken: Cancel)
                .ResponseAsync
        );

        var failed = await OneAsync(new() { Method = "CatalogueService/RetireFramework", Code = "NOT_FOUND" });
        Assert.Equal(("frameworks/not-there", "NOT_FOUND"), (failed.Resource, failed.Reason));
    }

    [Fact]
    public async Task Act_SentAgainUnderItsRequestId_IsOnRecordOnce()
    {
        var request = new RedeliverNotificationsRequest { Recipient = RoleSuite.Recipient, RequestId = "audited-once" };
        for (var i = 0; i < 2; i++)
        {
            await new NotificationService.NotificationServiceClient(suite.Process.Channel).RedeliverNotificationsAsync(
                request,
                With(AccessRole.Operator),
                cancellationToken: Cancel
            );
        }

        var done = await OneAsync(
            new()
            {
                Method = "NotificationService/RedeliverNotifications",
                Code = "OK",
                Caller = "operator of the world",
            }
        );
        Assert.Contains("audited-once", done.Request, StringComparison.Ordinal);
        Assert.Equal(RoleSuite.Recipient, done.Resource);
    }

    [Fact]
    public async Task Call_WithAForeignKeyNameOrPage_IsOnRecordByItsAddress()
    {
        await Assert.ThrowsAsync<RpcException>(() =>
            new CaseService.CaseServiceClient(suite.Process.Channel)
                .ListCasesAsync(new(), RoleSuite.With("ew_not-a-key"), cancellationToken: Cancel)
                .ResponseAsync
        );
        using var client = new HttpClient { BaseAddress = suite.Process.Http };
        foreach (var (header, value) in new[] { ("Host", "evil.example"), ("Origin", "https://evil.example") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/countries");
            request.Headers.TryAddWithoutValidation(header, value);
            await client.SendAsync(request, Cancel);
        }

        var unknown = await OneAsync(new() { Method = "CaseService/ListCases", Code = "UNAUTHENTICATED" });
        Assert.Equal(("anonymous", false, "UNAUTHENTICATED"), (unknown.Caller, unknown.CallerVerified, unknown.Reason));
        await Eventually.HoldsAsync(
            async () =>
            {
                var reasons = (await ListAsync(new())).Entries.Select(entry => entry.Reason).ToHashSet();
                return reasons.Contains("HOST_NOT_SERVED") && reasons.Contains("ORIGIN_NOT_SERVED");
            },
            "both are on record",
            seen: () => suite.Process.Output
        );
    }

    [Fact]
    public async Task Observation_OfAnothersCountryInABatch_IsOnRecord()
    {
        var request = new RecordObservationsRequest { Observations = { Definitions.Attacks(RoleSuite.Other, 10, "audited-foreign") } };
        await new ObservationService.ObservationServiceClient(suite.Process.Channel).RecordObservationsAsync(
            request,
            RoleSuite.With(suite.KeyOf(AccessRole.Partner, isBound: true)),
            cancellationToken: Cancel
        );

        var refused = await OneAsync(new() { Method = "ObservationService/RecordObservations" });
        Assert.Equal(("partner", "PERMISSION_DENIED", "COUNTRY_NOT_GRANTED"), (refused.Caller, refused.Code, refused.Reason));
        Assert.Contains(RoleSuite.Other, refused.Request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ChangeOfKeys_WhileTheSuiteRuns_IsOnRecordByNameBeforeAndAfter()
    {
        await suite.KeysAsync("add", "audited", "--role", "reviewer", "--countries", RoleSuite.Own);
        await OneAsync(new() { Method = "keys" }, entry =>
            entry.Resource == "audited" && entry.Request.Contains("Before: no key. Now: key ", StringComparison.Ordinal)
        );
        await suite.KeysAsync("grant", "audited", "--role", "operator");

        var granted = await OneAsync(new() { Method = "keys" }, entry =>
            entry.Resource == "audited" && entry.Request.Contains("operator", StringComparison.Ordinal)
        );
        Assert.Matches("Before: key .*reviewer.* Now: key .*operator", granted.Request);
        Assert.Contains((await ListAsync(new() { Method = "keys" })).Entries, entry =>
            entry.Request.StartsWith("In force at the start: ", StringComparison.Ordinal)
        );
        Assert.StartsWith("Started, ", (await OneAsync(new() { Method = "suite" })).Request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_OfARunningSuite_IsWholeAndKnowsAnEndThatWasWrittenDown()
    {
        var before = (await VerifyAsync(new())).Head;
        await Assert.ThrowsAsync<RpcException>(() => UnarmAsync(AccessRole.Partner));
        await OneAsync(new() { Method = "ServerService/UnarmSuite", Caller = "partner of the world" });

        var after = await VerifyAsync(new() { Known = before });
        Assert.True(after.Whole, string.Join('\n', after.Faults));
        Assert.True(after.Head.Position > before.Position);
        Assert.False(
            (
                await VerifyAsync(
                    new()
                    {
                        Known = new() { Position = before.Position, Hash = new('0', 64) },
                    }
                )
            ).Whole
        );

        // Whoever has the entries can recompute the chain without the suite.
        var entries = (await ListAsync(new() { PageSize = 500 })).Entries.Reverse().ToList();
        Assert.All(entries.Zip(entries.Skip(1)), pair => Assert.Equal(AuditHash.Of(pair.First.Hash, pair.Second.Text), pair.Second.Hash));
    }

    [Theory]
    [InlineData("/v1/audit?code=FINE", "code")]
    [InlineData("/v1/audit?method=CaseService/DecidedCase", "method")]
    [InlineData("/v1/audit?from_time=2026-02-01T00:00:00Z&before_time=2026-01-01T00:00:00Z", "before_time")]
    public async Task List_ByAFilterThatKeepsNothing_NamesTheField(string path, string field)
    {
        using var client = new HttpClient { BaseAddress = suite.Process.Http };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new("Bearer", suite.FullKey);
        var answer = await client.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains($"\"{field}\"", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    private Task<UnarmSuiteResponse> UnarmAsync(AccessRole role) =>
        new ServerService.ServerServiceClient(suite.Process.Channel)
            .UnarmSuiteAsync(new() { Reason = "a first load" }, With(role), cancellationToken: Cancel)
            .ResponseAsync;

    private Metadata With(AccessRole role) => RoleSuite.With(suite.KeyOf(role, isBound: false));

    private async Task<ListAuditEntriesResponse> ListAsync(ListAuditEntriesRequest request) =>
        await Audit.ListAuditEntriesAsync(request, RoleSuite.With(suite.FullKey), cancellationToken: Cancel);

    private async Task<VerifyAuditResponse> VerifyAsync(VerifyAuditRequest request) =>
        await Audit.VerifyAuditAsync(request, RoleSuite.With(suite.FullKey), cancellationToken: Cancel);

    private async Task<AuditEntry> OneAsync(ListAuditEntriesRequest request, Func<AuditEntry, bool>? which = null)
    {
        AuditEntry[] found = [];
        await Eventually.HoldsAsync(
            async () => (found = [.. (await ListAsync(request)).Entries.Where(entry => which?.Invoke(entry) ?? true)]).Length > 0,
            $"an entry of {JsonFormatter.Default.Format(request)} is there",
            seen: () => suite.Process.Output
        );
        return Assert.Single(found);
    }
}

/// <summary>The suite that tests of answering and of the audit share.</summary>
[CollectionDefinition(nameof(AnsweringSuite))]
public sealed class AnsweringSuite : ICollectionFixture<RoleSuite>;
