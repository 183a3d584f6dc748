from jamsostek_cli.domain.area import Kelurahan


def test_a_kelurahan_knows_its_kecamatan() -> None:
    assert Kelurahan("64.74.01.1003", "Lok Tuan", "Bontang Utara").kecamatan_code == "64.74.01"
