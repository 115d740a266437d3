using System.Net;
using IntegrationHub.Functions.Outgoing;

namespace IntegrationHub.Hub.Tests.Outgoing;

public sealed class AddressRulesTests
{
    [Theory]
    [InlineData("51.140.10.20")]
    [InlineData("8.8.8.8")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.1")]
    [InlineData("100.63.255.255")]
    [InlineData("2603:1020:200::1")]
    [InlineData("2a00:1450:4009:80b::200e")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("64:ff9b::808:808")]
    public void Public(string address) => Assert.Equal(AddressKind.Public, AddressRules.Of(IPAddress.Parse(address)));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("::1")]
    public void Loopback(string address) => Assert.Equal(AddressKind.Loopback, AddressRules.Of(IPAddress.Parse(address)));

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("100.64.0.1")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    public void Private(string address) => Assert.Equal(AddressKind.Private, AddressRules.Of(IPAddress.Parse(address)));

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("169.254.169.254")]
    [InlineData("168.63.129.16")]
    [InlineData("100.100.100.200")]
    [InlineData("192.0.0.192")]
    [InlineData("192.0.2.1")]
    [InlineData("192.88.99.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.51.100.7")]
    [InlineData("203.0.113.9")]
    [InlineData("224.0.0.1")]
    [InlineData("239.255.255.250")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("fe80::1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fd20:ce::254")]
    [InlineData("2001:db8::1")]
    [InlineData("3fff::1")]
    [InlineData("100::1")]
    // IPv4 in disguise: mapped, compatible, NAT64 of both prefixes, 6to4, Teredo, ISATAP.
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("64:ff9b:1::7f00:1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2002:808:808::1")]
    [InlineData("2001:0:4136:e378:8000:63bf:3fff:fdd2")]
    [InlineData("2603:1020::5efe:10.0.0.1")]
    [InlineData("2603:1020::200:5efe:7f00:1")]
    public void Never(string address) => Assert.Equal(AddressKind.Forbidden, AddressRules.Of(IPAddress.Parse(address)));

    [Theory]
    [InlineData("https://rx1.example/hook", true)]
    [InlineData("https://rx1.example:8443/fhir", true)]
    [InlineData("https://b\u00fccher.example/hook", true)]
    [InlineData("http://rx1.example/", true)]
    [InlineData("ftp://rx1.example/", false)]
    [InlineData("https://user:secret@rx1.example/", false)]
    [InlineData("https://rx1.example/#there", false)]
    [InlineData("https://rx1..example/", false)]
    [InlineData("https://a\u00ad\u200b.\u3002example/", false)]
    [InlineData("https://-/", false)]
    [InlineData("https://a_b%20c.example/", false)]
    [InlineData("https:///hook", false)]
    [InlineData("hook", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void What_is_stored_as_an_address_can_be_called(string? text, bool isOne)
    {
        var address = OutgoingAddress.Parse(text);

        Assert.Equal(isOne, address is not null);
        if (address is not null)
        {
            // The host's form for the network, and an address below it: what a call asks for.
            Assert.NotEmpty(address.IdnHost);
            using var request = new HttpRequestMessage(HttpMethod.Put, new Uri($"{address.AbsoluteUri.TrimEnd('/')}/Task/1"));
            Assert.StartsWith(address.Scheme, request.RequestUri!.AbsoluteUri, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(260, 1)]
    [InlineData(1, 70)]
    [InlineData(1, 3000)]
    public void An_address_has_the_length_of_one(int labels, int length) =>
        Assert.Null(OutgoingAddress.Parse($"https://{string.Join('.', Enumerable.Repeat(new string('a', length), labels))}.example/"));

    [Fact]
    public void No_text_makes_an_address_that_a_call_cannot_use()
    {
        const string Signs = "abz019-._~%:@[]/?#!$&'()*+,;=\u00e9\u00df\u0644\u05d0\u200d\u3002\uff0e\u0300xn--";
        var random = new Random(18);
        for (var i = 0; i < 20_000; i++)
        {
            var host = string.Concat(Enumerable.Range(0, random.Next(1, 70)).Select(_ => Signs[random.Next(Signs.Length)]));
            if (OutgoingAddress.Parse($"https://{host}.example/hook") is { } address)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{address.AbsoluteUri.TrimEnd('/')}/Task/1"));
                Assert.NotEmpty(request.RequestUri!.IdnHost);
            }
        }
    }

    [Theory]
    [InlineData("https://rx1.example/", true)]
    [InlineData("http://rx1.example/", false)]
    [InlineData("https://localhost/", false)]
    [InlineData("https://intranet/", false)]
    [InlineData("https://8.8.8.8/", false)]
    [InlineData("https://2130706433/", false)]
    [InlineData("https://0x7f.1/", false)]
    [InlineData("https://[::1]/", false)]
    [InlineData("https://[::ffff:7f00:1]/", false)]
    public void A_subscriber_has_a_name_of_its_own_and_TLS(string text, bool isOne) => Assert.Equal(isOne, OutgoingAddress.IsPublicHttps(new Uri(text)));
}
