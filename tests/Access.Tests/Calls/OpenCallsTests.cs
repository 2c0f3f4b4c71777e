using System.Net;
using System.Net.Http.Headers;
using EarlyWarning.Access.Keys;
using EarlyWarning.Access.Tests.Infrastructure;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Tests.Infrastructure;
using EarlyWarning.TestKit;
using EarlyWarning.V1;
using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;

namespace EarlyWarning.Access.Tests.Calls;

/// <summary>A change of the keys is in force in a running server: for new calls, and for streams that are open.</summary>
public sealed class OpenCallsTests : IAsyncLifetime
{
    private static readonly WatchCountryRisksRequest s_watch = new() { Parent = "frameworks/small", ResumeToken = SmallServer.Staying };
    private readonly TemporaryFolder _folder = new();
    private readonly SmallServer _server = new();
    private readonly KeyFile _file;
    private GrpcChannel _channel = null!;

    public OpenCallsTests() => _file = new(_folder.In("keys.json"), TimeProvider.System);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _channel?.Dispose();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Key_RemovedWhileItsWatchIsOpen_EndsTheWatchAndNoOther(bool deadline)
    {
        var (_, shown) = await _file.AddAsync("leaving", Any.Roles, null, Cancel);
        var (_, other) = await _file.AddAsync("staying", Any.Roles, null, Cancel);
        await StartAsync();
        using var leaving = await WatchAsync(shown, deadline);
        using var staying = await WatchAsync(other, deadline);

        await _file.RemoveAsync("leaving", null, Cancel);

        var error = await Assert.ThrowsAsync<RpcException>(() => leaving.ResponseStream.MoveNext(Cancel));
        AssertRefused(error);
        Assert.Contains("removed", error.Status.Detail, StringComparison.Ordinal);
        AssertRefused(await Assert.ThrowsAsync<RpcException>(() => CallAsync(shown)));
        await CallAsync(other);
        var going = staying.ResponseStream.MoveNext(Cancel);
        Assert.False(going.IsCompleted);
        staying.Dispose();
        await Assert.ThrowsAsync<RpcException>(() => going);
    }

    [Fact]
    public async Task Key_RemovedWhileARequestStreamIsOpen_EndsTheStream()
    {
        var (_, shown) = await _file.AddAsync("leaving", Any.Roles, null, Cancel);
        await StartAsync();
        using var stream = new ObservationService.ObservationServiceClient(_channel).StreamObservations(
            With(shown),
            cancellationToken: Cancel
        );
        await stream.RequestStream.WriteAsync(new() { Sequence = 1 }, Cancel);
        await Eventually.HoldsAsync(() => _server.Asked.Count == 1, "the first message is read");

        await _file.RemoveAsync("leaving", null, Cancel);

        AssertRefused(await Assert.ThrowsAsync<RpcException>(() => stream.ResponseStream.MoveNext(Cancel)));
    }

    [Fact]
    public async Task Key_RemovedWhileItsStreamOfJsonIsOpen_EndsTheStream()
    {
        var (_, shown) = await _file.AddAsync("leaving", Any.Roles, null, Cancel);
        await StartAsync();
        _server.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", shown);
        using var answer = await _server.Http.GetAsync(
            new Uri($"/v1/frameworks/small/risks:watch?resumeToken={SmallServer.Staying}", UriKind.Relative),
            HttpCompletionOption.ResponseHeadersRead,
            Cancel
        );
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var reading = answer.Content.ReadAsStringAsync(Cancel);

        await _file.RemoveAsync("leaving", null, Cancel);

        Assert.Contains(Fault.NameOf(ErrorReason.Unauthenticated), await reading, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_ThatExpires_EndsItsWatchAndIsRefusedBecauseOfThat()
    {
        await _file.AddAsync("staying", Any.Roles, null, Cancel);
        var (_, shown) = await _file.AddAsync("leaving", Any.Roles, DateTimeOffset.UtcNow.AddSeconds(3), Cancel);
        await StartAsync();
        using var watch = await WatchAsync(shown);

        AssertRefused(await Assert.ThrowsAsync<RpcException>(() => watch.ResponseStream.MoveNext(Cancel)));
        var error = await Assert.ThrowsAsync<RpcException>(() => CallAsync(shown));
        AssertRefused(error);
        Assert.Contains("has expired", error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_ThatWasOpen_ClosesWithTheFirstKey_AndEndsWhatWasBegunWithout()
    {
        await StartAsync();
        using var watch = await WatchAsync(key: null);
        await CallAsync(key: null);

        var (_, shown) = await _file.AddAsync("first", Any.Roles, null, Cancel);

        AssertRefused(await Assert.ThrowsAsync<RpcException>(() => watch.ResponseStream.MoveNext(Cancel)));
        AssertRefused(await Assert.ThrowsAsync<RpcException>(() => CallAsync(key: null)));
        await CallAsync(shown);
        using var document = await _server.Http.GetAsync(new Uri("/openapi/v1.json", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, document.StatusCode);
    }

    private static void AssertRefused(RpcException error) =>
        Assert.Equal(
            (StatusCode.Unauthenticated, Fault.NameOf(ErrorReason.Unauthenticated)),
            (error.StatusCode, error.GetRpcStatus()?.GetDetail<ErrorInfo>().Reason)
        );

    private static Metadata With(string? key) => key is null ? [] : new() { { "authorization", $"Bearer {key}" } };

    private async Task StartAsync()
    {
        await _server.StartAsync(new ApiKeys(_file));
        _channel = GrpcChannel.ForAddress(_server.Grpc);
    }

    private async Task CallAsync(string? key) =>
        await new ObservationService.ObservationServiceClient(_channel).RecordObservationAsync(
            new() { Observation = new() },
            With(key),
            cancellationToken: Cancel
        );

    private async Task<AsyncServerStreamingCall<WatchCountryRisksResponse>> WatchAsync(string? key, bool deadline = false)
    {
        var watch = new RiskService.RiskServiceClient(_channel).WatchCountryRisks(
            s_watch,
            With(key),
            deadline ? DateTime.UtcNow.AddMinutes(5) : null,
            Cancel
        );
        Assert.True(await watch.ResponseStream.MoveNext(Cancel));
        return watch;
    }
}
