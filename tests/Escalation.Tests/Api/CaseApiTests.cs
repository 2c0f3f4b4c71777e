using EarlyWarning.Escalation.Api;
using EarlyWarning.Escalation.Tests.Infrastructure;
using EarlyWarning.ServiceDefaults.Hosting;
using EarlyWarning.ServiceDefaults.Paging;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Escalation.Tests.Api;

public sealed class CaseApiTests : IAsyncLifetime
{
    private static readonly PageTokens s_tokens = new(() => ("TESTSUIT", "secret"));

    private CaseCluster _cluster = null!;
    private WebApplication _app = null!;
    private GrpcChannel _channel = null!;
    private V1.CaseService.CaseServiceClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await CaseCluster.StartAsync(watchRetention: 5);
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2)
        );
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(_cluster.Grains);
        builder.Services.AddSingleton(s_tokens);
        builder.Services.AddSingleton<TimeProvider>(_cluster.Time);
        builder.Services.AddSingleton(new Suite(Exercise: true, ""));
        _app = builder.Build();
        _app.MapGrpcService<CaseApi>();
        await _app.StartAsync();
        _channel = GrpcChannel.ForAddress(
            _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()
        );
        _client = new(_channel);
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _app.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task CaseService_FromBreachToDecision_AnswersAndRefusesAsDocumented()
    {
        await _cluster.BreachAsync(Some.Breach("a"));
        var list = await _client.ListCasesAsync(new() { Countries = { Some.Country }, OpenOnly = true });
        var name = Assert.Single(list.Cases).Name;
        Assert.Equal(list.Cases[0].Sentence, (await _client.GetCaseAsync(new() { Name = name })).Case.Sentence);
        await RefusedAsync(StatusCode.NotFound, "NOT_FOUND", async () => await _client.GetCaseAsync(new() { Name = "cases/none" }));
        await RefusedAsync(StatusCode.InvalidArgument, "INVALID_FIELD", async () =>
            await _client.GetCaseAsync(new() { Name = name + ":other" })
        );
        await RefusedAsync(StatusCode.FailedPrecondition, "NOT_ACKNOWLEDGED", async () =>
            await _client.DecideCaseAsync(Decision(name, Some.FocalPoint))
        );
        await RefusedAsync(StatusCode.PermissionDenied, "NOT_ON_LADDER", async () =>
            await _client.AcknowledgeCaseAsync(new() { Name = name, Recipient = Some.UnOffice.Name })
        );
        await RefusedAsync(StatusCode.Aborted, "ETAG_MISMATCH", async () => await _client.AcknowledgeCaseAsync(
                new()
                {
                    Name = name,
                    Recipient = Some.FocalPoint.Name,
                    Etag = "no",
                }
            ));
        await RefusedAsync(StatusCode.InvalidArgument, "INVALID_FIELD", async () => await _client.AcknowledgeCaseAsync(
                new()
                {
                    Name = name,
                    Recipient = Some.FocalPoint.Name,
                    Note = new('x', 2_001),
                }
            ));

        var answered = await _client.AcknowledgeCaseAsync(
            new()
            {
                Name = name,
                Recipient = Some.FocalPoint.Name,
                Note = "On it.",
            },
            new Metadata { { "ew-actor", "duty" } }
        );
        Assert.Equal(("duty", false), (answered.Case.Entries[^1].Actor, answered.Case.Entries[^1].ActorVerified));
        await RefusedAsync(StatusCode.PermissionDenied, "DECISION_RESERVED", async () =>
            await _client.DecideCaseAsync(Decision(name, Some.FocalPoint, V1.Decision.NotRefer))
        );
        await RefusedAsync(StatusCode.InvalidArgument, "INVALID_FIELD", async () =>
            await _client.DecideCaseAsync(Decision(name, Some.FocalPoint, V1.Decision.ConsultFurther))
        );
        await RefusedAsync(StatusCode.InvalidArgument, "INVALID_FIELD", async () =>
            await _client.DecideCaseAsync(
                new(Decision(name, Some.FocalPoint, V1.Decision.RemainSeized)) { SeizedUntil = Some.Start.AddDays(-1).ToTimestamp() }
            )
        );
        Assert.Equal(V1.Case.Types.State.AwaitingDecision, (await _client.DecideCaseAsync(Decision(name, Some.FocalPoint))).Case.State);
        Assert.Equal(V1.Case.Types.State.Decided, (await _client.DecideCaseAsync(Decision(name, Some.DecisionMaker))).Case.State);

        var end = new V1.StandDownCaseRequest
        {
            Name = name,
            Recipient = Some.Operator.Name,
            Reason = "Over.",
        };
        await RefusedAsync(StatusCode.FailedPrecondition, "STILL_FIRING", async () => await _client.StandDownCaseAsync(end));
        end.AlthoughFiring = true;
        Assert.NotNull((await _client.StandDownCaseAsync(end)).Case.CloseTime);
        await RefusedAsync(StatusCode.FailedPrecondition, "CASE_CLOSED", async () => await _client.StandDownCaseAsync(end));
    }

    [Fact]
    public async Task WatchCases_FromAListsToken_StreamsEachChangeOnceInOrderAndRefusesAnOldToken()
    {
        await _cluster.BreachAsync(Some.Breach("a"));
        var token = (await _client.ListCasesAsync(new())).ResumeToken;
        using (var watch = _client.WatchCases(new() { ResumeToken = token, Countries = { Some.Country } }))
        {
            await watch.ResponseHeadersAsync;
            foreach (var id in new[] { "b", "c", "d" })
            {
                await _cluster.BreachAsync(Some.Breach(id));
            }

            for (var sequence = 2; sequence <= 4; sequence++)
            {
                Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
                Assert.InRange(watch.ResponseStream.Current.Case.Sequence, sequence, 4);
                Assert.Single(watch.ResponseStream.Current.Case.Entries, entry => entry.Kind == V1.CaseEntry.Types.Kind.BreachJoined);
            }
        }

        foreach (var id in new[] { "e", "f", "g", "h", "i", "j" })
        {
            await _cluster.BreachAsync(Some.Breach(id));
        }

        using var late = _client.WatchCases(new() { ResumeToken = token });
        await RefusedAsync(StatusCode.OutOfRange, "RESUME_TOKEN_EXPIRED", async () =>
            await late.ResponseStream.MoveNext(CancellationToken.None)
        );
    }

    [Fact]
    public async Task WatchCases_TokenThatIsNotItsOwn_IsRefusedInsteadOfWaiting()
    {
        await RefusedAsync(s_tokens.Start(V1.WatchCasesRequest.Descriptor, 9));
        await RefusedAsync(s_tokens.Start(V1.WatchBreachesRequest.Descriptor, 0));
        await RefusedAsync(s_tokens.Encode(new V1.WatchCasesRequest { Countries = { Some.Country } }, 0));

        async Task RefusedAsync(string token)
        {
            using var watch = _client.WatchCases(new() { ResumeToken = token });
            await CaseApiTests.RefusedAsync(StatusCode.InvalidArgument, "INVALID_TOKEN", async () =>
                await watch.ResponseStream.MoveNext(CancellationToken.None)
            );
        }
    }

    [Fact]
    public async Task WatchCases_UnknownCountry_IsRefusedInsteadOfWaiting()
    {
        using var watch = _client.WatchCases(new() { Countries = { Some.Country, "" } });
        await RefusedAsync(StatusCode.InvalidArgument, "UNKNOWN_COUNTRY", async () =>
            await watch.ResponseStream.MoveNext(CancellationToken.None)
        );
    }

    [Fact]
    public async Task AcknowledgeCase_UnderTheSuitesOwnName_IsRefusedAndNothingIsRecorded()
    {
        await _cluster.BreachAsync(Some.Breach("a"));
        var before = Assert.Single((await _client.ListCasesAsync(new())).Cases);

        await RefusedAsync(StatusCode.InvalidArgument, "INVALID_FIELD", async () =>
            await _client.AcknowledgeCaseAsync(
                new() { Name = before.Name, Recipient = Some.FocalPoint.Name },
                new Metadata { { "ew-actor", " Suite" } }
            )
        );

        Assert.Equal(before, Assert.Single((await _client.ListCasesAsync(new())).Cases));
    }

    [Fact]
    public async Task ListCases_ByWhatIsNotThere_IsRefusedInsteadOfEmpty()
    {
        await RefusedAsync(StatusCode.InvalidArgument, "UNKNOWN_COUNTRY", async () =>
            await _client.ListCasesAsync(new() { Countries = { "Kenya" } })
        );
        await RefusedAsync(StatusCode.InvalidArgument, "INVALID_TOKEN", async () =>
            await _client.ListCasesAsync(new() { PageToken = s_tokens.Encode(new V1.ListCasesRequest { OpenOnly = true }, 0) })
        );
    }

    [Fact]
    public async Task WatchCases_SuiteStops_EndsTheWatchAtOnce()
    {
        using var watch = _client.WatchCases(new());
        await watch.ResponseHeadersAsync;
        var next = watch.ResponseStream.MoveNext(CancellationToken.None);
        await _app.StopAsync(CancellationToken.None);
        Assert.False(await next);
    }

    private static V1.DecideCaseRequest Decision(
        string name,
        V1.Recipient recipient,
        V1.Decision decision = V1.Decision.PreventiveAction
    ) =>
        new()
        {
            Name = name,
            Recipient = recipient.Name,
            Decision = decision,
            Rationale = "Because.",
        };

    private static async Task RefusedAsync(StatusCode code, string reason, Func<Task> call)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal((code, reason), (refused.StatusCode, refused.GetRpcStatus()?.GetDetail<Google.Rpc.ErrorInfo>()?.Reason));
    }
}
