using System.Net;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Tests.Infrastructure;
using EarlyWarning.V1;
using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Web;

namespace EarlyWarning.ServiceDefaults.Tests.Transcoding;

/// <summary>What a browser can speak of gRPC is served on the port of HTTP/1, in both of its forms, with the errors of gRPC.</summary>
public sealed class GrpcWebTests(SmallServer server) : IClassFixture<SmallServer>
{
    [Theory]
    [InlineData(GrpcWebMode.GrpcWeb)]
    [InlineData(GrpcWebMode.GrpcWebText)]
    public async Task Call_InGrpcWeb_IsAnswered(GrpcWebMode mode)
    {
        using var channel = Connect(server, mode);

        var answer = await new ObservationService.ObservationServiceClient(channel).RecordObservationAsync(
            new() { Observation = new() { Country = "KEN" } },
            cancellationToken: TestContext.Current.CancellationToken
        );

        Assert.Equal(long.MaxValue, answer.Revision);
        Assert.True(server.Asked.TryDequeue(out var asked));
        Assert.Equal("KEN", Assert.IsType<RecordObservationRequest>(asked).Observation.Country);
    }

    [Theory]
    [InlineData(GrpcWebMode.GrpcWeb)]
    [InlineData(GrpcWebMode.GrpcWebText)]
    public async Task Stream_InGrpcWeb_GivesItsMessages(GrpcWebMode mode)
    {
        using var channel = Connect(server, mode);
        using var watch = new RiskService.RiskServiceClient(channel).WatchCountryRisks(
            new() { Parent = "frameworks/small", ResumeToken = "here" },
            cancellationToken: TestContext.Current.CancellationToken
        );

        Assert.True(await watch.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        Assert.Equal("here", watch.ResponseStream.Current.ResumeToken);
        Assert.False(await watch.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        Assert.True(server.Asked.TryDequeue(out _));
    }

    [Theory]
    [InlineData(GrpcWebMode.GrpcWeb)]
    [InlineData(GrpcWebMode.GrpcWebText)]
    public async Task Fault_InGrpcWeb_HasStatusAndReason(GrpcWebMode mode)
    {
        using var channel = Connect(server, mode);

        await RefusedAsync(StatusCode.InvalidArgument, ErrorReason.FieldMissing, async () =>
            await new ObservationService.ObservationServiceClient(channel).RecordObservationAsync(
                new(),
                cancellationToken: TestContext.Current.CancellationToken
            )
        );
        await RefusedAsync(StatusCode.OutOfRange, ErrorReason.ResumeTokenExpired, async () =>
        {
            using var watch = new BreachService.BreachServiceClient(channel).WatchBreaches(
                new(),
                cancellationToken: TestContext.Current.CancellationToken
            );
            await watch.ResponseStream.MoveNext(TestContext.Current.CancellationToken);
        });
        await RefusedAsync(StatusCode.Unimplemented, ErrorReason.UnknownPath, async () =>
            await new CaseService.CaseServiceClient(channel).GetCaseAsync(
                new() { Name = "cases/1" },
                cancellationToken: TestContext.Current.CancellationToken
            )
        );
        await RefusedAsync(StatusCode.ResourceExhausted, ErrorReason.MessageTooLarge, async () =>
            await new ObservationService.ObservationServiceClient(channel).RecordObservationAsync(
                new() { Observation = new() { Source = new('x', SmallServer.MostBytes) } },
                cancellationToken: TestContext.Current.CancellationToken
            )
        );
    }

    private static async Task RefusedAsync(StatusCode status, ErrorReason reason, Func<Task> call)
    {
        var error = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal((status, Fault.NameOf(reason)), (error.StatusCode, error.GetRpcStatus()?.GetDetail<ErrorInfo>().Reason));
    }

    private static GrpcChannel Connect(SmallServer server, GrpcWebMode mode) =>
        GrpcChannel.ForAddress(
            server.Http.BaseAddress!,
            new() { HttpHandler = new GrpcWebHandler(mode, new HttpClientHandler()), HttpVersion = HttpVersion.Version11 }
        );
}
