using System.Collections.Concurrent;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Requests;
using EarlyWarning.TestKit;
using EarlyWarning.V1;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace EarlyWarning.ServiceDefaults.Tests.Requests;

public sealed class RequestInterceptorTests
{
    private readonly Log _log = new();
    private readonly RequestInterceptor _interceptor;
    private int _effects;

    public RequestInterceptorTests() => _interceptor = new(new(), _log);

    [Fact]
    public async Task Write_SentAgainUnderItsId_GetsTheFirstAnswerAndHasOneEffect()
    {
        var first = await CallAsync(Retire("one", "id"));
        var again = await CallAsync(Retire("one", "id"));

        Assert.Equal(first, again);
        Assert.Equal(1, _effects);
    }

    [Fact]
    public async Task Write_SentTwiceAtOnceUnderItsId_HasOneEffect()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => CallAsync(Retire("one", "id")))));

        Assert.Single(answers.Distinct());
        Assert.Equal(1, _effects);
    }

    [Fact]
    public async Task Write_WithANewEtagUnderItsId_IsTheSame()
    {
        await CallAsync(Retire("one", "id"));
        await CallAsync(new(Retire("one", "id")) { Etag = "new" });

        Assert.Equal(1, _effects);
    }

    [Fact]
    public async Task Write_OfAnotherCallerUnderTheSameId_IsAnotherWrite()
    {
        await CallAsync(Retire("one", "id"));
        await CallAsync(Retire("two", "id"), "somebody else");

        Assert.Equal(2, _effects);
    }

    [Fact]
    public async Task Write_WithoutAnId_IsNeverRecognised()
    {
        await CallAsync(Retire("one", ""));
        await CallAsync(Retire("one", ""));

        Assert.Equal(2, _effects);
    }

    [Fact]
    public async Task Write_OtherContentUnderAnIdOfBefore_IsRefusedNamingTheFieldThatDiffers()
    {
        await CallAsync(Retire("one", "id"));

        var error = await Assert.ThrowsAsync<RpcException>(() => CallAsync(Retire("two", "id")));

        Assert.Equal(
            (StatusCode.AlreadyExists, "REQUEST_ID_REUSED"),
            (error.StatusCode, error.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason)
        );
        Assert.Contains("name differ", error.Status.Detail, StringComparison.Ordinal);
        Assert.Equal(1, _effects);
    }

    [Fact]
    public async Task Write_AnotherMethodUnderAnIdOfBefore_IsRefusedNamingTheFirst()
    {
        await CallAsync(Retire("one", "id"));

        var error = await Assert.ThrowsAsync<RpcException>(() =>
            _interceptor.UnaryServerHandler(
                new RetireFrameworkRequest { Name = "one", RequestId = "id" },
                Call("caller", "/other"),
                (_, _) => Task.FromResult(new RetireFrameworkResponse())
            )
        );

        Assert.Equal(StatusCode.AlreadyExists, error.StatusCode);
        Assert.Contains("a call of first", error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_ThatWasRefused_LeavesItsIdFree()
    {
        await Assert.ThrowsAsync<RpcException>(() => CallAsync(Retire("", "id")));
        await CallAsync(Retire("one", "id"));

        Assert.Equal(1, _effects);
    }

    [Fact]
    public async Task Write_ThatOnlyChecks_IsNeitherKeptNorRecognised()
    {
        await CallAsync(new(Retire("one", "id")) { ValidateOnly = true });
        await CallAsync(new(Retire("two", "id")) { ValidateOnly = true });

        Assert.Equal(2, _effects);
        Assert.Empty(_log.Kept);
    }

    [Fact]
    public async Task Write_ThatFailedAfterItsAnswerWasKept_IsAnsweredAllTheSame()
    {
        var answer = await _interceptor.UnaryServerHandler(Retire("one", "id"), Call("caller", "/first"), async (_, context) =>
        {
            await _log.KeepAsync(RequestMarks.Of(context), Answer("kept").ToByteArray(), default);
            throw Fault.Of(StatusCode.Unavailable, ErrorReason.StoreUnavailable, "Whether it was committed is not known.");
#pragma warning disable CS0162 // Says what it would give.
            return Answer("never");
#pragma warning restore CS0162
        });

        Assert.Equal(Answer("kept"), answer);
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData(null)]
    public async Task Write_UnderAnIdThatIsNone_IsRefusedByItsField(string? id)
    {
        var error = await Assert.ThrowsAsync<RpcException>(() => CallAsync(Retire("one", id ?? new string('a', 101))));

        Assert.Equal("request_id", error.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Single().Field);
        Assert.Equal(0, _effects);
    }

    private static RetireThresholdRequest Retire(string name, string id) => new() { Name = name, RequestId = id };

    private static RetireThresholdResponse Answer(string name) => new() { Threshold = new() { Name = name } };

    private static FakeCall Call(string caller, string method)
    {
        var call = new FakeCall { Called = method };
        var http = new DefaultHttpContext();
        http.Request.Headers["ew-actor"] = caller;
        call.UserState["__HttpContext"] = http;
        return call;
    }

    private Task<RetireThresholdResponse> CallAsync(RetireThresholdRequest request, string caller = "caller") =>
        _interceptor.UnaryServerHandler(request, Call(caller, "/first"), async (sent, _) =>
        {
            await Task.Yield();
            return sent.Name.Length > 0
                ? Answer($"{sent.Name} {Interlocked.Increment(ref _effects)}")
                : throw Fault.Field(ErrorReason.InvalidField, "name", "Give the name.");
        });

    private sealed class Log : IRequestLog
    {
        public ConcurrentDictionary<string, KeptAnswer> Kept { get; } = [];

        public Task<KeptAnswer?> FindAsync(string caller, string id, CancellationToken cancellationToken) =>
            Task.FromResult(Kept.GetValueOrDefault($"{caller}\n{id}"));

        public Task KeepAsync(string mark, byte[] answer, CancellationToken cancellationToken)
        {
            var lines = mark.Split('\n');
            Kept.TryAdd($"{lines[0]}\n{lines[1]}", new(lines[2], lines[3], answer));
            return Task.CompletedTask;
        }
    }
}
