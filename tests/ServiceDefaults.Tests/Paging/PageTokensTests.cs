using EarlyWarning.ServiceDefaults.Paging;
using EarlyWarning.V1;
using Google.Rpc;
using Grpc.Core;

namespace EarlyWarning.ServiceDefaults.Tests.Paging;

public sealed class PageTokensTests
{
    private static readonly PageTokens s_tokens = new(() => "9SUITE01");

    [Fact]
    public void Decode_OfTheSameRequest_IsItsPlaceWhateverThePageSize()
    {
        var token = s_tokens.Encode(new ListBreachesRequest { Country = "XAA", PageSize = 5 }, 42);

        Assert.Equal(42, s_tokens.Decode(new ListBreachesRequest { Country = "XAA", PageSize = 9, PageToken = token }, "page_token", token));
    }

    [Fact]
    public void Decode_OfOtherFilters_IsRefused()
        => Refused(new ListBreachesRequest { Country = "XAB" }, s_tokens.Encode(new ListBreachesRequest { Country = "XAA" }, 42));

    [Fact]
    public void Decode_OfAnotherCall_IsRefused() => Refused(new ListCasesRequest(), s_tokens.Encode(new ListBreachesRequest(), 42));

    [Fact]
    public void Decode_OfAnotherSuite_IsRefused()
        => Refused(new ListBreachesRequest(), new PageTokens(() => "9SUITE02").Encode(new ListBreachesRequest(), 42));

    [Theory]
    [InlineData("42")]
    [InlineData("never!")]
    [InlineData("YTpiOmM")]
    public void Decode_OfNobody_IsRefused(string token) => Refused(new ListBreachesRequest(), token);

    [Fact]
    public void Start_OfAListsEnd_IsTakenByAWatchOfAnyFilters()
        => Assert.Equal(7, s_tokens.Decode(
            new WatchBreachesRequest { Countries = { "XAA" } }, "resume_token", s_tokens.Start(WatchBreachesRequest.Descriptor, 7)));

    [Theory]
    [InlineData(7, 7, true)]
    [InlineData(6, 7, true)]
    [InlineData(8, 7, false)]
    public void NotAhead_OfTheHead_IsTakenUpToIt(long position, long head, bool taken)
        => Assert.Equal(taken, Record.Exception(() => PageTokens.NotAhead(position, head)) is null);

    private static void Refused(Google.Protobuf.IMessage request, string token)
    {
        var error = Assert.Throws<RpcException>(() => s_tokens.Decode(request, "page_token", token));
        Assert.Equal((StatusCode.InvalidArgument, "INVALID_TOKEN"), (error.StatusCode, error.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason));
    }
}
