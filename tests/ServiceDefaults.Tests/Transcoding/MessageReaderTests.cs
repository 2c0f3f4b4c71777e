using System.Text;
using EarlyWarning.ServiceDefaults.Transcoding;
using Grpc.Core;

namespace EarlyWarning.ServiceDefaults.Tests.Transcoding;

public sealed class MessageReaderTests
{
    [Theory]
    [InlineData("""{"\uD800": 1}""")]
    [InlineData("""{"pageSize": 5, "\uDC00\uD800": null}""")]
    [InlineData("""{"\uD800"x""")]
    public void Read_NameWithAnEscapeThatIsNoCharacter_IsRefused(string json) =>
        Assert.Equal(StatusCode.InvalidArgument, Assert.Throws<RpcException>(() => Read(json)).StatusCode);

    [Fact]
    public void Read_NameWrittenInEscapes_IsTheField() => Assert.Equal(5, Read("""{"\u0070ageSize": 5}""").PageSize);

    private static V1.ListCasesRequest Read(string json)
    {
        V1.ListCasesRequest request = new();
        MessageReader.Read(Encoding.UTF8.GetBytes(json), request, "The request");
        return request;
    }
}
