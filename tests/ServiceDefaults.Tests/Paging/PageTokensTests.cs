using System.Buffers.Text;
using System.Text;
using EarlyWarning.ServiceDefaults.Paging;
using EarlyWarning.V1;
using Google.Rpc;
using Grpc.Core;

namespace EarlyWarning.ServiceDefaults.Tests.Paging;

public sealed class PageTokensTests
{
    private static readonly PageTokens s_tokens = new(() => ("9SUITE01", "secret"));

    [Fact]
    public void Decode_OfTheSameRequest_IsItsPlaceWhateverThePageSize()
    {
        var token = s_tokens.Encode(new ListBreachesRequest { Countries = { "XAA" }, PageSize = 5 }, 42);

        Assert.Equal(
            42,
            s_tokens.Decode(
                new ListBreachesRequest
                {
                    Countries = { "XAA" },
                    PageSize = 9,
                    PageToken = token,
                },
                "page_token",
                token
            )
        );
    }

    [Fact]
    public void Decode_OfOtherFilters_IsRefused() =>
        Refused(new ListBreachesRequest { Countries = { "XAB" } }, s_tokens.Encode(new ListBreachesRequest { Countries = { "XAA" } }, 42));

    [Fact]
    public void Decode_OfAnotherCall_IsRefused() => Refused(new ListCasesRequest(), s_tokens.Encode(new ListBreachesRequest(), 42));

    [Fact]
    public void Decode_OfAnotherSuite_IsRefused() =>
        Refused(new ListBreachesRequest(), new PageTokens(() => ("9SUITE02", "secret")).Encode(new ListBreachesRequest(), 42));

    [Theory]
    [InlineData("42")]
    [InlineData("never!")]
    [InlineData("YTpiOmM")]
    public void Decode_OfNobody_IsRefused(string token) => Refused(new ListBreachesRequest(), token);

    [Fact]
    public void Encode_OfAnyNumber_TellsNothingOfIt()
    {
        var request = new ListBreachesRequest { Countries = { "XAA" } };
        var (few, many) = (s_tokens.Encode(request, 7), s_tokens.Encode(request, 7_000_000_000));

        Assert.Equal(few.Length, many.Length);
        Assert.Equal("9SUITE01:", Encoding.ASCII.GetString(Base64Url.DecodeFromChars(few).AsSpan(0, 9)));
        Assert.DoesNotContain("0000007", Encoding.ASCII.GetString(Base64Url.DecodeFromChars(few)), StringComparison.Ordinal);
        Assert.NotEqual(few, s_tokens.Encode(request, 7));
        Assert.Equal(7_000_000_000, s_tokens.Decode(request, "page_token", many));
    }

    [Fact]
    public void Decode_ChangedOrSealedByAnother_IsRefused()
    {
        var request = new ListBreachesRequest();
        var bytes = Base64Url.DecodeFromChars(s_tokens.Encode(request, 42));
        bytes[^1] ^= 1;
        Refused(request, Base64Url.EncodeToString(bytes));
        Refused(request, Base64Url.EncodeToString(bytes.AsSpan(0, 20)));
        Refused(request, new PageTokens(() => ("9SUITE01", "guessed")).Encode(request, 42));
    }

    [Fact]
    public void Start_OfAListsEnd_IsTakenByAWatchOfAnyFilters() =>
        Assert.Equal(
            7,
            s_tokens.Decode(
                new WatchBreachesRequest { Countries = { "XAA" } },
                "resume_token",
                s_tokens.Start(WatchBreachesRequest.Descriptor, 7)
            )
        );

    [Theory]
    [InlineData(7, 7, true)]
    [InlineData(6, 7, true)]
    [InlineData(8, 7, false)]
    public void NotAhead_OfTheHead_IsTakenUpToIt(long position, long head, bool taken) =>
        Assert.Equal(taken, Record.Exception(() => PageTokens.NotAhead(position, head)) is null);

    private static void Refused(Google.Protobuf.IMessage request, string token)
    {
        var error = Assert.Throws<RpcException>(() => s_tokens.Decode(request, "page_token", token));
        Assert.Equal(
            (StatusCode.InvalidArgument, "INVALID_TOKEN"),
            (error.StatusCode, error.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason)
        );
    }
}
